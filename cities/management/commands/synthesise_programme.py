import random
from datetime import date, timedelta

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone

from cities.finder.indexing import refresh_index
from cities.mapping.borders import is_inside
from cities.models import (
    City,
    Country,
    Event,
    Genre,
    Indicator,
    Journey,
    Material,
    MaterialTopic,
    Occasion,
    Practice,
    PracticeTopic,
    Role,
    Stage,
    Status,
    Stop,
    Theme,
    Topic,
)
from cities.text.alphabet import slugify
from cities.text.measures import Measure
from cities.text.units import Unit

BOXES = {  # latitudes and longitudes within which a country lies
    "pl": (49, 54.8, 14.2, 24),
    "de": (47.4, 54.8, 6, 15),
    "at": (46.4, 49, 9.6, 17.1),
    "hu": (45.8, 48.5, 16.2, 22.8),
    "it": (37, 46.9, 7, 18.4),
    "se": (55.4, 66, 11.3, 22),
}
BEGINNINGS = [
    "Stara",
    "Nowa",
    "Górna",
    "Dolna",
    "Wielka",
    "Mała",
    "Biała",
    "Czarna",
    "Leśna",
    "Polna",
]
ENDINGS = [
    "Łąka",
    "Struga",
    "Brzoza",
    "Skała",
    "Rzeka",
    "Dąbrowa",
    "Wola",
    "Góra",
    "Osada",
    "Przystań",
]
DEEDS = {
    "energy": ("Ciepło z biomasy", "Heat from biomass"),
    "mobility": ("Tramwaj i rower", "Tram and bicycle"),
    "spatial": ("Park zamiast parkingu", "A park for a car park"),
}


class Command(BaseCommand):
    help = "Fill a scratch database with an invented programme, for tests of scale only."

    def add_arguments(self, parser):
        parser.add_argument("--cities", type=int, default=1000)
        parser.add_argument("--practices", type=int, default=2000)

    @transaction.atomic
    def handle(self, cities, practices, **options):
        if City.objects.exists():
            raise CommandError(
                "This database has cities already: name a scratch one in DATABASE_URL."
            )
        chance = random.Random(1)  # noqa: S311  towns, not secrets
        names = {"pl": "Polska", "de": "Niemcy", "at": "Austria"}
        names |= {"hu": "Węgry", "it": "Włochy", "se": "Szwecja"}
        countries = [
            Country.objects.create(code=code, name_pl=names[code], name_en=code.upper())
            for code in BOXES
        ]
        made = [self.city(chance, number, countries) for number in range(cities)]
        City.objects.bulk_create(made, batch_size=500)
        precursors = [city for city in made if city.is_precursor]
        Practice.objects.bulk_create(
            (self.practice(chance, number, precursors) for number in range(practices)),
            batch_size=500,
        )
        self.topics(chance)
        self.journeys(chance)
        self.indicators(chance)
        self.events(chance, made)
        self.library(chance, countries)
        refresh_index(City.objects.all(), Practice.objects.all())
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        self.stdout.write(f"{cities} cities and {practices} practices, all invented.")

    def journeys(self, chance):
        """Make journeys of six practices each."""
        practices = list(Practice.objects.only("pk").order_by("pk"))
        for number in range(1, 13):
            names = {"title_pl": f"Podróż {number}", "title_en": f"Journey {number}"}
            journey = Journey(slug=f"podroz-{number}", status=Status.PUBLISHED, **names)
            journey.save()
            Stop.objects.bulk_create(
                Stop(journey=journey, position=n, practice=practice, why_pl="Warto.")
                for n, practice in enumerate(chance.sample(practices, min(6, len(practices))), 1)
            )

    def topics(self, chance):
        """Make topics, and let each practice be about one to three of them."""
        names = [f"{end} {number + 1}" for number in range(3) for end in ENDINGS]
        topics = [
            Topic(slug=slugify(name), name_pl=name, name_en=name, theme=chance.choice(Theme.values))
            for name in names
        ]
        self.publish(topics)
        chosen = (
            PracticeTopic(practice=practice, topic=topic)
            for practice in Practice.objects.only("pk")
            for topic in chance.sample(topics, chance.randint(1, 3))
        )
        PracticeTopic.objects.bulk_create(chosen, batch_size=2000)

    def indicators(self, chance):
        """Let each practice report two to eight measures, the first on its card."""
        made = []
        for practice in Practice.objects.only("pk").order_by("pk"):
            measures = chance.sample(list(Measure), chance.randint(2, 8))
            for position, measure in enumerate(measures):
                indicator = Indicator(
                    practice=practice,
                    position=position,
                    label_pl=f"Wynik {position + 1}",
                    label_en=f"Result {position + 1}",
                    measure=measure,
                    value=chance.randint(1, 99),
                    unit=measure.unit,
                    counted_pl="sztuk" if measure.unit == Unit.COUNT else "",
                    about=measure.about,
                    evidence=chance.choice(Indicator.Evidence.values),
                    year=chance.randint(2010, 2024),
                    headline=position == 0,
                )
                indicator.fill_canonical()
                made.append(indicator)
        Indicator.objects.bulk_create(made, batch_size=1000)

    def events(self, chance, cities):
        """Make an event in each city, all within fifteen years."""
        made = [
            Event(
                slug=f"event-{number}",
                kind=chance.choice(Occasion.values),
                title_pl=f"Spotkanie {number}",
                title_en=f"Meeting {number}",
                first_day=date(2012, 1, 1) + timedelta(chance.randrange(15 * 365)),
                city=city,
            )
            for number, city in enumerate(cities, 1)
        ]
        for event in made:
            event.fill_in()
        self.publish(made)

    def library(self, chance, countries):
        """Make as many things of the library as there are topics times countries, each on one."""
        topics = list(Topic.objects.only("pk").order_by("pk"))
        places = [(topic, country) for topic in topics for country in countries]
        made = [
            Material(
                slug=f"material-{number}",
                kind=chance.choice(Genre.values),
                title_pl=f"Materiał {number}",
                title_en=f"Material {number}",
                url=f"https://example.org/{number}",
                country=country,
            )
            for number, (_topic, country) in enumerate(places, 1)
        ]
        self.publish(made)
        MaterialTopic.objects.bulk_create(
            MaterialTopic(material=material, topic=topic)
            for material, (topic, _country) in zip(made, places, strict=True)
        )

    def publish(self, made):
        for record in made:
            record.status, record.changed_on = Status.PUBLISHED, timezone.localdate()
            record.fill_sort_keys()
        type(made[0]).objects.bulk_create(made, batch_size=500)

    def city(self, chance, number, countries):
        country = chance.choice(countries)
        while True:
            south, north, west, east = BOXES[country.code]
            latitude = round(chance.uniform(south, north), 5)
            longitude = round(chance.uniform(west, east), 5)
            if is_inside(country.code, latitude, longitude):
                break
        name = f"{chance.choice(BEGINNINGS)} {chance.choice(ENDINGS)} {number + 1}"
        city = City(
            country=country,
            slug=f"city-{number + 1}",
            name_pl=name,
            name_en=name,
            role=Role.COMMITTED if chance.random() < 0.5 else Role.PRECURSOR,
            latitude=latitude,
            longitude=longitude,
            population=int(10 ** chance.uniform(2.5, 6)) if chance.random() < 0.8 else None,
            summary_pl="Miejscowość zmyślona na potrzeby prób.",
            summary_en="A town invented for tests of scale.",
            status=Status.PUBLISHED,
            changed_on=timezone.localdate(),
        )
        city.fill_sort_keys()
        return city

    def practice(self, chance, number, precursors):
        themes = chance.sample(Theme.values, chance.randint(1, 3))
        titles = [DEEDS[theme] for theme in themes]
        practice = Practice(
            city=chance.choice(precursors),
            slug=f"practice-{number + 1}",
            title_pl=f"{', '.join(pl for pl, _ in titles)} {number + 1}",
            title_en=f"{', '.join(en for _, en in titles)} {number + 1}",
            stage=chance.choice(Stage.values),
            summary_pl="Praktyka zmyślona na potrzeby prób.",
            summary_en="A practice invented for tests of scale.",
            status=Status.PUBLISHED,
            changed_on=timezone.localdate(),
            **dict.fromkeys(themes, True),
        )
        practice.fill_sort_keys()
        return practice
