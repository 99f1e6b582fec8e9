"""What records are found by: all that they tell, on which level and in which part."""

import pytest
from django.utils import translation

from cities.finder import indexing
from cities.finder.indexing import (
    BESIDE,
    SUMMARY,
    TEXT,
    TITLE,
    TOPIC,
    parts,
    refresh_index,
    tokens,
    write_words,
)
from cities.models import City, CityWords, Source, Topic, Word
from cities.models.search_index import KIND

pytestmark = pytest.mark.database
both_languages = pytest.mark.parametrize(("language", "side"), [("pl", 0), ("en", 1)])

NAMES = "Wiedeń · Vienna · Wien"
# Of each kind (level, part, its words); what is said otherwise in English stands after a stroke.
TOLD = {
    "city": [
        (TITLE, "", NAMES),
        (SUMMARY, "", "Stolica.|The capital."),
        (TEXT, "Sylwetka|Profile", "Leży nad rzeką .|It lies on a river ."),
        (TEXT, "Miejsce|Place", "Kotlina, Austria|The basin, Austria"),
        (TEXT, "Źródło|Source", "Raport miasta"),
    ],
    "practice": [
        (TITLE, "", "Ciepło z rur|Heat from pipes"),
        (TITLE, "", NAMES),
        (TOPIC, "Zagadnienie|Topic", "Sieci|Networks"),
        (BESIDE, "Zagadnienie|Topic", "ciepłownia|heating plant"),
        (SUMMARY, "", "Ułożono rury.|Pipes were laid."),
        (TEXT, "Co zrobiono|What was done", "Kopano & kładziono .|They dug & laid ."),
        (TEXT, "Zanim zrobisz to u siebie|Before you copy it", "Licz się z czasem.|Take time."),
        (TEXT, "Wskaźnik|Figure", "Ogrzane mieszkania|Heated homes"),
        (TEXT, "Wskaźnik|Figure", "mieszkań|homes"),
        (TEXT, "Miejsce|Place", "Kotlina, Austria|The basin, Austria"),
        (TEXT, "Źródło|Source", "Raport spółki"),
    ],
    "topic": [
        (TITLE, "", "Sieci|Networks"),
        (TOPIC, "Inne nazwy|Also called", "ciepłownia|heating plant"),
        (TEXT, "Wprowadzenie|Introduction", "O rurach .|On pipes ."),
    ],
    "journey": [
        (TITLE, "", "Nad rzeką|Along the river"),
        (SUMMARY, "", "Z prądem.|Downstream."),
        (TEXT, "Wiedeń|Vienna", "Tu się zaczyna.|It begins here."),
        (TEXT, "Przystanek|Stop", NAMES),
        (TEXT, "Wiedeń|Vienna", "Tu grzeją.|They heat here."),
        (TEXT, "Przystanek|Stop", NAMES),
    ],
    "event": [
        (TITLE, "", "Narada|The meeting"),
        (SUMMARY, "", "Mówiono o rurach.|They talked of pipes."),
        (TEXT, "Rodzaj|Kind", "warsztaty|workshop"),
        (TEXT, "Miejsce|Place", "ratusz|town hall"),
        (TEXT, "Miejsce|Place", "Austria"),
        (TEXT, "Miejsce|Place", NAMES),
        (TEXT, "Miasta|Cities", "Graz"),
        (TEXT, "Źródło|Source", "PNEC"),
    ],
    "material": [
        (TITLE, "", "Jak kłaść rury|How to lay pipes"),
        (SUMMARY, "", "Krok po kroku.|Step by step."),
        (TEXT, "Rodzaj|Kind", "poradnik|guide"),
        (TEXT, "Miejsce|Place", "Austria"),
        (TEXT, "Źródło|Source", "Wydawca"),
    ],
    "country": [
        (TITLE, "", "Austria"),
        (
            TEXT,
            "Przebieg programu w tym kraju|How the programme ran there",
            "Zaczęli w Grazu .|They began in Graz .",
        ),
        (TEXT, "Partner krajowy|National partner", "Klimabündnis"),
    ],
}


@pytest.fixture
def records(
    make_country,
    make_city,
    make_practice,
    make_topic,
    make_indicator,
    make_journey,
    make_event,
    make_material,
):
    """Make a record of each kind of which all is known, by its kind."""
    country = make_country(
        "at",
        name_pl="Austria",
        name_en="Austria",
        text_pl="<p>Zaczęli w <em>Grazu</em>.</p>",
        text_en="<p>They began in <em>Graz</em>.</p>",
        partner="Klimabündnis",
    )
    city = make_city(
        "at",
        name_pl="Wiedeń",
        name_en="Vienna",
        local_name="Wien",
        summary_pl="Stolica.",
        summary_en="The capital.",
        profile_pl="<p>Leży nad <em>rzeką</em>.</p>",
        profile_en="<p>It lies on a <em>river</em>.</p>",
        region_pl="Kotlina",
        region_en="The basin",
    )
    Source.objects.create(city=city, title="Raport miasta")
    practice = make_practice(
        city=city,
        title_pl="Ciepło z rur",
        title_en="Heat from pipes",
        summary_pl="Ułożono rury.",
        summary_en="Pipes were laid.",
        description_pl="<p>Kopano &amp; <em>kładziono</em>.</p>",
        description_en="<p>They dug &amp; <em>laid</em>.</p>",
        lessons_pl="<p>Licz się z czasem.</p>",
        lessons_en="<p>Take time.</p>",
    )
    Source.objects.create(practice=practice, title="Raport spółki")
    make_indicator(
        practice=practice,
        label_pl="Ogrzane mieszkania",
        label_en="Heated homes",
        counted_pl="mieszkań",
        counted_en="homes",
        unit="count",
    )
    topic = make_topic(
        practice,
        name_pl="Sieci",
        name_en="Networks",
        synonyms_pl="ciepłownia",
        synonyms_en="heating plant",
        intro_pl="<p>O <em>rurach</em>.</p>",
        intro_en="<p>On <em>pipes</em>.</p>",
    )
    make_topic(practice, status="draft", name_pl="Szkic", synonyms_pl="brudnopis")
    journey = make_journey(
        city,
        practice,
        title_pl="Nad rzeką",
        title_en="Along the river",
        intro_pl="Z prądem.",
        intro_en="Downstream.",
    )
    journey.stops.filter(city=city).update(why_pl="Tu się zaczyna.", why_en="It begins here.")
    journey.stops.exclude(city=city).update(why_pl="Tu grzeją.", why_en="They heat here.")
    event = make_event(
        make_city("at", name_pl="Graz", name_en="Graz"),
        title_pl="Narada",
        title_en="The meeting",
        text_pl="Mówiono o rurach.",
        text_en="They talked of pipes.",
        place_pl="ratusz",
        place_en="town hall",
        city=city,
    )
    material = make_material(
        title_pl="Jak kłaść rury",
        title_en="How to lay pipes",
        text_pl="Krok po kroku.",
        text_en="Step by step.",
        country=country,
        source_title="Wydawca",
    )
    every = (city, practice, topic, journey, event, material, country)
    return {record._meta.model_name: record for record in every}


def told_of(record, language):
    with translation.override(language):
        return [
            (level, " ".join(str(name).split()), " ".join(words.split()))
            for level, name, words in parts(record, language)
        ]


@both_languages
def test_each_kind_is_found_by_all_that_it_tells(records, language, side):
    def said(words):
        return (words.split("|") * 2)[side]

    expected = {
        kind: [(level, said(part), said(words)) for level, part, words in told]
        for kind, told in TOLD.items()
    }
    assert {kind: told_of(record, language) for kind, record in records.items()} == expected


def test_what_has_no_place_is_found_by_none(make_city, make_event, make_material):
    online, everywhere = make_event(online=True), make_material()
    nowhere = make_city(name_pl="Weiz", name_en="Weiz")
    places = [
        [words for _level, part, words in told_of(record, "pl") if part == "Miejsce"]
        for record in (online, everywhere, nowhere)
    ]
    assert places == [[""], [], ["Polska"]]
    assert told_of(nowhere, "pl")[0] == (TITLE, "", "Weiz")


def test_of_what_is_no_record_nobody_knows_what_is_found():
    with pytest.raises(NotImplementedError, match=r"^Nobody has said what is found of 'Sztum'\.$"):
        parts("Sztum", "pl")


@pytest.mark.parametrize(
    ("texts", "language", "found"),
    [
        ([(TEXT, "tramwaj"), (TITLE, "tramwaje")], "pl", "pl1tramwaj"),
        ([(TITLE, "park"), (TEXT, "park")], "pl", "pl1park"),
        (
            [(TITLE, "park, gdzie jest tramwaj")],
            "pl",
            "pl1gdzie pl1jest pl1park pl1tramwaj pl1park·tramwaj",
        ),
        ([(TITLE, "ﹰ tram")], "en", "en1tram"),
        ([(TITLE, "Straße")], "pt-br", "ptbr1strasse"),
    ],
)
def test_a_stem_is_known_once_on_its_best_level_and_each_two_that_stand_together(
    texts, language, found
):
    assert sorted(tokens(texts, language)[0]) == sorted(found.split())


def test_each_word_is_known_as_it_is_written_and_by_its_stem():
    written = tokens([(TITLE, "Tramwaje"), (TEXT, "w parku")], "pl")[1]
    assert written == {("tramwaje", "tramwaj"), ("w", "w"), ("parku", "park")}


def test_the_words_of_one_language_stand_after_those_of_another_in_their_order(make_city):
    city = make_city(name_pl="Łódź", name_en="Lodz", summary_pl="", summary_en="")
    assert city.words.words == ("pl1lodz pl1lodz·lodz pl4polsk en1lodz en1lodz·lodz en4poland")
    assert set(Word.objects.values_list("language", "form", "stem")) == {
        *(("pl", "lodz", "lodz"), ("pl", "polska", "polsk")),
        *(("en", "lodz", "lodz"), ("en", "poland", "poland")),
    }


def test_an_index_of_an_older_kind_is_made_anew_whatever_visitors_see(make_city, monkeypatch):
    monkeypatch.setattr(indexing, "CHUNK", 2)
    for number in range(5):
        make_city(status="draft" if number else "published")
    made = dict(CityWords.objects.values_list("pk", "words"))
    CityWords.objects.update(words="", kind=KIND - 1)
    refresh_index(City.objects.all())
    assert dict(CityWords.objects.values_list("pk", "words")) == made
    assert set(CityWords.objects.values_list("kind", flat=True)) == {KIND}


def test_of_other_kinds_no_index_is_kept(make_topic, django_assert_num_queries):
    topic = make_topic()
    with django_assert_num_queries(0):
        write_words(Topic, [topic])
