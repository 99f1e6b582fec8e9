"""Content as tables: the same columns in cities/data/, in imports and in exports."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.fields import Field

from ..mapping.borders import doubt
from ..models import (
    City,
    Country,
    Event,
    Indicator,
    Journey,
    Material,
    MaterialPractice,
    MaterialTopic,
    Mention,
    Participant,
    Payer,
    Photo,
    Practice,
    PracticeTopic,
    Source,
    Stop,
    Synonym,
    Theme,
    Topic,
)
from ..publishing.columns import download
from ..text.translation import columns
from .fields import Chosen, Ticked
from .rules import IdentifiedResource, ProgrammeResource, changed_on, key

CONTACT = [*columns("office"), "email", "telephone", "contact_page", "contact_checked_on"]


class CountryResource(IdentifiedResource):
    class Meta(ProgrammeResource.Meta):
        model = Country
        import_id_fields = ["code"]
        fields = [
            "uuid",
            "code",
            *columns("name"),
            "partner",
            "partner_url",
            *CONTACT,
            *columns("text"),
        ]


class CityResource(IdentifiedResource):
    country = key("country", Country, "code")
    changed_on = changed_on()

    class Meta(ProgrammeResource.Meta):
        model = City
        import_id_fields = ["slug"]
        fields = [
            "uuid",
            "slug",
            "country",
            *columns("name"),
            "local_name",
            "role",
            *columns("role_note"),
            "latitude",
            "longitude",
            *columns("region"),
            "population",
            "population_year",
            "population_source",
            "website",
            *CONTACT,
            "study_visits",
            *columns("summary"),
            *columns("profile"),
            "status",
            "changed_on",
        ]

    def doubt(self, city):
        place = city.latitude, city.longitude
        return doubt(city.country, *place) if city.country_id and None not in place else ""


class TopicResource(IdentifiedResource):
    changed_on = changed_on()

    class Meta(ProgrammeResource.Meta):
        model = Topic
        import_id_fields = ["slug"]
        fields = [
            "uuid",
            "slug",
            *columns("name"),
            "theme",
            *columns("intro"),
            *columns("synonyms"),
            "status",
            "changed_on",
        ]


class PracticeResource(IdentifiedResource):
    city = key("city", City, "slug")
    payers = Ticked("payers", gettext_lazy("Paid by"), Payer)
    topics = Chosen("topics", "chosen_topics", Topic, PracticeTopic.MOST)
    changed_on = changed_on()

    class Meta(ProgrammeResource.Meta):
        model = Practice
        import_id_fields = ["slug"]
        fields = [
            "uuid",
            "slug",
            "city",
            *columns("title"),
            "energy",
            "mobility",
            "spatial",
            "first_year",
            "last_year",
            "stage",
            *columns("summary"),
            *columns("description"),
            *columns("lessons"),
            *columns("led_by"),
            "payers",
            "payers_in_part",
            "topics",
            "status",
            "changed_on",
        ]


class JourneyResource(IdentifiedResource):
    changed_on = changed_on()

    class Meta(ProgrammeResource.Meta):
        model = Journey
        import_id_fields = ["slug"]
        fields = [
            "uuid",
            "slug",
            *columns("title"),
            *columns("intro"),
            "status",
            "changed_on",
        ]


class StopResource(ProgrammeResource):
    journey = key("journey", Journey, "slug")
    city = key("city", City, "slug")
    practice = key("practice", Practice, "slug")

    class Meta(ProgrammeResource.Meta):
        model = Stop
        import_id_fields = ["journey", "city", "practice"]
        fields = ["journey", "position", "city", "practice", *columns("why")]


class EventResource(IdentifiedResource):
    city = key("city", City, "slug")
    cities = Chosen("cities", "participants", City, Participant.MOST)
    country = key("country", Country, "code")
    themes = Ticked("themes", gettext_lazy("themes"), Theme)
    changed_on = changed_on()

    class Meta(ProgrammeResource.Meta):
        model = Event
        import_id_fields = ["slug"]
        fields = [
            "uuid",
            "slug",
            "kind",
            *columns("title"),
            *columns("text"),
            "first_day",
            "last_day",
            "precision",
            "held",
            "city",
            *columns("place"),
            "online",
            "cities",
            "country",
            "themes",
            "source_title",
            "source_url",
            "status",
            "changed_on",
        ]

    def import_instance(self, instance, row, **kwargs):
        super().import_instance(instance, row, **kwargs)
        instance.fill_in()  # before it is told whether the row changes anything


class MaterialResource(IdentifiedResource):
    country = key("country", Country, "code")
    topics = Chosen("topics", "chosen_topics", Topic, MaterialTopic.MOST)
    practices = Chosen("practices", "chosen_practices", Practice, MaterialPractice.MOST)
    changed_on = changed_on()
    public_names = IdentifiedResource.public_names | {"url": "", "address": "url"}

    class Meta(ProgrammeResource.Meta):
        model = Material
        import_id_fields = ["slug"]
        fields = [
            "uuid",
            "slug",
            "kind",
            *columns("title"),
            *columns("text"),
            "language",
            "url",
            "year",
            "licence",
            "country",
            "topics",
            "practices",
            "source_title",
            "source_url",
            "status",
            "changed_on",
        ]

    def import_instance(self, instance, row, **kwargs):
        super().import_instance(instance, row, **kwargs)
        if instance.file and instance.url == download(instance):
            instance.url = ""  # as the open data tell of a file, which no table holds


class IndicatorResource(ProgrammeResource):
    practice = key("practice", Practice, "slug")

    class Meta(ProgrammeResource.Meta):
        model = Indicator
        import_id_fields = ["practice", "label_pl"]
        fields = [
            "practice",
            "position",
            *columns("label"),
            "measure",
            "value",
            "value_to",
            "qualifier",
            "unit",
            *columns("counted"),
            "about",
            "evidence",
            "year",
            "headline",
        ]


class SourceResource(ProgrammeResource):
    city = key("city", City, "slug")
    practice = key("practice", Practice, "slug")

    class Meta(ProgrammeResource.Meta):
        model = Source
        import_id_fields = ["city", "practice", "title", "url"]
        fields = [
            "city",
            "practice",
            "position",
            "title",
            "language",
            "url",
            "accessed_on",
            "archived_url",
        ]


class MentionResource(ProgrammeResource):
    city = key("city", City, "slug")

    class Meta(ProgrammeResource.Meta):
        model = Mention
        import_id_fields = ["city", "url"]
        fields = ["city", "position", "title", "url", "collection", "language"]


class PhotoResource(ProgrammeResource):
    """What is told of photos; the photos themselves are uploaded one by one."""

    image = Field("image", "image", readonly=True)
    city = key("city", City, "slug")
    practice = key("practice", Practice, "slug")

    class Meta(ProgrammeResource.Meta):
        model = Photo
        import_id_fields = ["image"]
        fields = [
            "image",
            "city",
            "practice",
            "position",
            *columns("alt"),
            "decorative",
            "credit",
            "licence",
        ]

    def after_init_instance(self, instance, new, row, **kwargs):
        if new:
            message = _("There is no photo “%(name)s”. Upload it in the form of its city first.")
            raise ValidationError({"image": message % {"name": row["image"]}})


class SynonymResource(ProgrammeResource):
    class Meta(ProgrammeResource.Meta):
        model = Synonym
        import_id_fields = ["language", "said"]
        fields = ["language", "said", "also"]


# In the order in which they lean on each other; the names are those of the files.
RESOURCES = {
    "countries": CountryResource,
    "topics": TopicResource,
    "cities": CityResource,
    "practices": PracticeResource,
    "journeys": JourneyResource,
    "journey_stops": StopResource,
    "events": EventResource,
    "library": MaterialResource,
    "indicators": IndicatorResource,
    "sources": SourceResource,
    "elsewhere": MentionResource,
    "synonyms": SynonymResource,
}
TABLES = RESOURCES | {"photos": PhotoResource}
