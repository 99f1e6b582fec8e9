"""Who may do what: the rights of each role, and what of which country each may save."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError

from cities.editing import roles
from cities.models import City, Finding, Source, Topic

pytestmark = pytest.mark.django_db

RIGHTS = ("view", "add", "change", "delete")
OF_COUNTRIES = "city event indicator material materialpractice materialtopic mention participant"
OF_COUNTRIES = [*OF_COUNTRIES.split(), "photo", "practice", "practicetopic", "source"]
OF_NONE = ["journey", "stop", "synonym", "topic"]


def every_right(models):
    return {f"{right}_{model}" for model in models for right in RIGHTS}


EDITOR = every_right(OF_COUNTRIES) | {"view_country"}
PUBLISHER = every_right([*OF_COUNTRIES, *OF_NONE, "country"])
PUBLISHER |= {"publish_city", "view_logentry", "view_unanswered", "delete_unanswered"}
ADMINISTRATOR = PUBLISHER | every_right(["user"]) | {"view_group"}


@pytest.mark.parametrize(
    ("role", "rights"),
    [("editor", EDITOR), ("publisher", PUBLISHER), ("administrator", ADMINISTRATOR)],
)
def test_a_role_has_these_rights_and_no_others(role, rights):
    group = Group.objects.get(name=role)
    group.permissions.clear()
    roles.make_roles()
    assert set(group.permissions.values_list("codename", flat=True)) == rights


@pytest.fixture
def own(make_practice, make_topic):
    """A practice of Poland, with a source and a topic."""
    practice = make_practice(status="draft")
    practice.sources.create(title="Raport")
    make_topic(practice)
    return practice


@pytest.fixture
def every(own, foreign):
    """All that there is of an own practice and a foreign one, by what it is."""
    return {
        "own practice": own,
        "own city": own.city,
        "own country": own.city.country,
        "own source": own.sources.get(),
        "own topic of a practice": own.chosen_topics.get(),
        "foreign practice": foreign["practice"],
        "foreign city": foreign["city"],
        "foreign source": foreign["source"],
        "foreign figure": foreign["indicator"],
        "topic": Topic.objects.get(),
    }


OWN = {"own practice", "own city", "own country", "own source", "own topic of a practice"}


def test_editors_write_what_is_of_their_countries_and_publishers_all(
    every, make_editor, make_country
):
    editor, trusted, publisher = make_editor(), make_editor(), make_editor("publisher")
    make_country().trusted.add(trusted)

    def kept(choose, user):
        return {
            name
            for name, record in every.items()
            if choose(type(record)._base_manager.filter(pk=record.pk), user).exists()
        }

    for user, writes, publishes in (
        (editor, OWN, set()),
        (trusted, OWN, OWN),
        (publisher, set(every), set(every)),
    ):
        assert kept(roles.editable, user) == writes
        assert {name for name in every if roles.is_editable(every[name], user)} == writes
        assert kept(roles.publishable, user) == publishes
        assert {name for name in every if roles.may_publish(user, every[name])} == publishes
        assert roles.may_publish(user) == (user == publisher)


def test_editors_are_told_what_is_found_on_pages_of_their_countries_alone(every, editor):
    found = roles.editable(Finding.objects.all(), editor)
    own = [every[name] for name in OWN]
    pages = {each.page for each in Finding.objects.all()}
    assert {each.page for each in found} == {page for page in pages if page in own} < pages


def refusal(record, user):
    try:
        roles.check(record, user)
    except ValidationError as error:
        return error.messages[0].replace("\xa0", " ").split()[0]
    return None


COUNTRY, STATUS, DRAFT = "To", "Tylko", "Strona"  # how each reason begins


MOVES = [
    ("draft", {"summary_pl": "Nowy."}, None),
    ("draft", {"status": "review"}, None),
    ("review", {"status": "draft"}, None),
    ("draft", {"status": "published"}, STATUS),
    ("published", {"status": "draft"}, STATUS),
    ("published", {"summary_pl": "Nowy."}, DRAFT),
    ("draft", {"country_id": "de"}, COUNTRY),
]


@pytest.mark.parametrize("who", ["editor", "trusted", "publisher"])
def test_a_record_is_saved_by_who_may_write_it_as_it_was_and_as_it_becomes(
    make_city, make_country, make_editor, who
):
    city, abroad = make_city(name_pl="Kutno"), make_country("de")
    user = make_editor("publisher" if who == "publisher" else "editor")
    if who == "trusted":
        city.country.trusted.add(user)
    for before, after, reason in MOVES:
        City.objects.update(status=before)
        becomes = City.objects.get()
        for name, value in after.items():
            setattr(becomes, name, abroad.pk if value == "de" else value)
        is_beyond = reason == COUNTRY and who != "publisher"
        assert refusal(becomes, user) == (reason if who == "editor" or is_beyond else None)


def test_what_comes_from_another_country_is_not_taken(make_city, make_country, editor):
    city = make_city("de", status="draft")
    city.country = make_country()
    assert refusal(city, editor) == COUNTRY
    assert refusal(City(country=make_country(), name_pl="Nowe", status="draft"), editor) is None
    new = City(country=make_country(), name_pl="Nowe", status="published")
    assert refusal(new, editor) == STATUS


def test_a_part_is_changed_where_its_page_is_no_page_of_visitors(make_city, editor):
    draft, published = make_city(status="draft"), make_city(name_pl="Kutno")
    new = [Source(city=city, title="Raport") for city in (draft, published)]
    assert [refusal(source, editor) for source in new] == [None, DRAFT]
    there = [Source.objects.create(city=city, title="Raport") for city in (draft, published)]
    there[0].city, there[1].city = published, draft
    assert [refusal(source, editor) for source in there] == [DRAFT, DRAFT]


def test_what_is_published_is_written_at_once_by_who_publishes_it(
    make_city, make_country, make_editor
):
    pages = [make_city(status="draft"), make_city(), make_country()]
    user = make_editor()
    assert [roles.writes_at_once(user, page) for page in pages] == [True, False, True]
    make_country().trusted.add(user)
    assert [roles.writes_at_once(user, page) for page in pages] == [True, True, True]
    assert not roles.may_publish(user, make_city("de"))
