"""What others wrote about a city."""

import pytest
from django.db import IntegrityError, transaction
from editing import edit

from cities.editing import drafts, history
from cities.editing.links import links_of
from cities.importing.resources import MentionResource
from cities.models import City, Mention

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(make_city):
    city = make_city(slug="kutno")
    mentions = [("Kutno", 2, "en"), ("Klimakommune", 1, "de")]
    for title, position, language in mentions:
        Mention.objects.create(
            city=city,
            title=title,
            position=position,
            url=f"https://collection.example/{language}",
            collection="Sammlung",
            language=language,
        )
    history.record([city], None, "")
    return city


@pytest.mark.parametrize(
    ("language", "heading"),
    [("pl", "Gdzie indziej o tym mieście"), ("en", "Elsewhere about this city")],
)
def test_a_city_leads_to_what_others_wrote_in_their_language(
    visit, town, reverse_in, language, heading
):
    page = visit(reverse_in(language, "city", slug="kutno"))
    assert heading in page.texts("h2")
    links = [
        (link.attributes["lang"], link.attributes["href"])
        for link in page.find("a", lang=True)
        if link.attributes["href"].startswith("https://collection")
    ]
    assert links == [
        ("de", "https://collection.example/de"),
        ("en", "https://collection.example/en"),
    ]
    town.mentions.all().delete()
    assert heading not in visit(reverse_in(language, "city", slug="kutno")).texts("h2")


def test_pages_elsewhere_are_visited_as_sources_are(town):
    assert links_of(town) == {mention.url for mention in town.mentions.all()}


@pytest.mark.database
def test_a_city_has_an_address_elsewhere_once(town):
    with pytest.raises(IntegrityError), transaction.atomic():
        town.mentions.create(title="Anders", url="https://collection.example/de", language="de")


@pytest.mark.database
def test_a_page_elsewhere_is_drafted_and_brought_back_with_its_city(desk, town):
    before = [str(mention) for mention in town.mentions.all()]
    edit(desk, town, **{"mentions-0-title": "Klimastadt", "mentions-1-DELETE": "on"})
    assert [str(mention) for mention in town.mentions.all()] == before
    drafts.publish(drafts.of(town), None, "")
    assert [str(m) for m in City.objects.get().mentions.all()] == ["Klimastadt"]


@pytest.mark.parametrize("language", ["German", "DE", "d", "de_AT", 'de"'])
def test_a_language_is_a_code(town, language):
    table = MentionResource().export()
    row = dict(table.dict[0]) | {"language": language}
    table.dict = [row]
    (fault,) = MentionResource().import_data(table).faults()
    assert fault[1] == "language"


def test_a_table_brings_pages_elsewhere_back(town):
    told = list(town.mentions.values_list("title", "url", "collection", "language", "position"))
    table = MentionResource().export()
    town.mentions.all().delete()
    assert MentionResource().import_data(table).totals["new"] == 2
    columns = ("title", "url", "collection", "language", "position")
    assert list(town.mentions.values_list(*columns)) == told
