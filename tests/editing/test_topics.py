"""The topics of practices: chosen by editors, written by publishers, and kept by history."""

import pytest
from django.utils import translation
from editing import address, edit
from reversion.models import Version

from cities.editing import history, restoring
from cities.finder.search import search
from cities.importing.resources import PracticeResource
from cities.importing.table_files import tabulated
from cities.models import Practice, PracticeTopic, Rule, Topic

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def topics_of(practice):
    return [choice.topic for choice in practice.chosen_topics.select_related("topic")]


@pytest.fixture
def practice(make_practice):
    return make_practice()


def choosing(*topics):
    posted = {f"chosen_topics-{n}-topic": topic.pk for n, topic in enumerate(topics)}
    return {"chosen_topics-TOTAL_FORMS": len(topics)} | posted


def test_an_editor_chooses_topics_and_a_revision_brings_them_back(
    desk, editor, practice, make_topic
):
    Practice.objects.update(status="draft")  # of what is published it would be a draft apart
    history.record([practice], None, "")
    heat, light = make_topic(), make_topic()
    assert edit(desk, practice, **choosing(heat, light)).status_code == 302
    assert topics_of(practice) == [heat, light]
    with_topics = history.versions(practice)[0]
    assert edit(desk, practice, **{"chosen_topics-0-DELETE": "on"}).status_code == 302
    assert topics_of(practice) == [light]
    restoring.restore(practice, with_topics, editor)
    assert topics_of(practice) == [heat, light]
    restoring.restore(practice, history.versions(practice).last(), editor)
    assert topics_of(practice) == []


def test_a_practice_has_five_topics_at_most(desk, practice, make_topic):
    history.record([practice], None, "")
    six = [make_topic() for _ in range(6)]
    assert edit(desk, practice, **choosing(*six)).status_code == 200
    assert topics_of(practice) == []


def test_a_topic_that_comes_back_brings_its_practices_along(publisher, practice, make_topic):
    topic = make_topic(practice)
    restoring.delete(topic, publisher)
    assert not PracticeTopic.objects.exists()
    assert practice.findings.filter(rule=Rule.TOPIC).exists()
    restoring.recover(Version.objects.get_deleted(Topic).get())
    assert topics_of(practice) == [Topic.objects.get()]
    assert not practice.findings.filter(rule=Rule.TOPIC).exists()


def test_topics_are_of_no_country_so_publishers_alone_write_them(
    desk, publisher, log_in, make_topic
):
    topic = make_topic()
    for page in (address("topic"), address("topic", "change", topic.pk)):
        assert desk.get(page).status_code == 403
    history.record([topic], None, "")
    assert edit(log_in(publisher), topic, name_pl="Inaczej").status_code == 302
    assert Topic.objects.get().name_pl == "Inaczej"


def imported(practice, cell):
    table = tabulated([(1, ["slug", "topics"]), (2, [practice.slug, cell])])
    return list(PracticeResource().import_data(table).faults())


def test_a_table_names_topics_in_their_order(practice, make_topic):
    heat, light = make_topic(slug="cieplo"), make_topic(slug="swiatlo")
    for cell, topics in (
        ("swiatlo| Cieplo", [light, heat]),
        ("cieplo|swiatlo|cieplo", [heat, light]),
        ("cieplo", [heat]),
        ("", []),
    ):
        assert imported(practice, cell) == []
        assert topics_of(practice) == topics


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("cieplo|mgla", "Nie ma takiego wpisu: zagadnienie „mgla”."),
        ("a|b|c|d|e|f", "Może ich tu być najwyżej 5, a\xa0nie 6."),
    ],
)
def test_a_table_with_unknown_or_too_many_topics_is_refused(practice, make_topic, cell, reason):
    topic = make_topic(practice, slug="cieplo")
    assert imported(practice, cell) == [(2, "topics", reason)]
    assert topics_of(practice) == [topic]


def test_a_practice_is_no_news_for_its_topics(practice, make_topic):
    type(practice).objects.update(changed_on="2020-01-31")
    make_topic(practice)
    practice.refresh_from_db()
    assert practice.changed_on.isoformat() == "2020-01-31"


@pytest.mark.parametrize(("language", "query"), [("pl", "rower"), ("en", "bicycle")])
def test_a_practice_is_found_by_its_topic_and_what_people_say_for_it(
    practice, make_topic, language, query
):
    topic = make_topic(practice, name_pl="Ruch rowerowy", name_en="Cycling", synonyms_en="bicycle")
    with translation.override(language):
        assert list(search(Practice.objects.all(), query)) == [practice]
        topic.name_pl, topic.synonyms_en = "Autobus", "bus"
        topic.save()
        assert list(search(Practice.objects.all(), query)) == []
