"""What waits for whom, in which order, and to whom a text is returned."""

import pytest
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType

from cities.editing import drafts, history, waiting
from cities.models import Note

pytestmark = pytest.mark.django_db


def draft(page, user, state="draft"):
    with drafts.kept_apart(page, user, state):
        pass


def told(user):
    """Return what waits for somebody, leaving out the kinds of which nothing does."""
    found = [(str(said), asked, list(pages)) for said, asked, pages in waiting.waiting(user)]
    return [each for each in found if each[2]]


def test_texts_in_review_wait_for_who_publishes_the_newest_first(
    publisher, make_city, make_practice, make_topic
):
    in_review = make_city(status="review")
    with_draft = make_city()
    draft(with_draft, None, "review")
    draft(make_city(), None)
    make_city(status="draft")
    practice = make_practice(city=in_review, status="review")
    newest = make_city(status="review")
    said = ("czekają na sprawdzenie", {"state": "review"})
    assert told(publisher) == [
        (*said, [newest, with_draft, in_review]),
        (*said, [practice]),
    ]
    make_topic(status="review")
    assert len(told(publisher)) == 3


def returned(page, to, is_open=True):
    return Note.objects.create(page=page, text="Popraw.", returned_to=to, is_open=is_open)


def test_returned_texts_wait_for_who_wrote_them_until_they_are_sent_again(
    editor, publisher, make_city, make_practice
):
    cities = [make_city(status="draft") for _n in range(2)]
    published = make_city()
    draft(published, editor)
    for page in (*cities, published):
        returned(page, editor)
    Note.objects.create(page=cities[0], text="Dlaczego?")  # asked back
    for page in (make_city(status="review"), make_city("de", status="draft")):
        returned(page, editor)
    returned(make_city(status="draft"), editor, is_open=False)
    handed_on = make_city(status="draft")
    returned(handed_on, editor)
    returned(handed_on, publisher)
    make_practice(pk=cities[0].pk, city=cities[0], status="draft")
    ((said, asked, pages),) = told(editor)
    assert (said, asked) == ("zwrócone do ciebie", {"state": "returned"})
    assert pages == [published, *reversed(cities)]


def test_nothing_is_asked_of_who_has_nothing_to_do(editor, make_city, django_assert_num_queries):
    make_city(status="review")
    with django_assert_num_queries(4):  # rights, of roles too; is trusted; has notes
        assert list(waiting.waiting(editor)) == []


def log(user, page, flag=CHANGE):
    kind = ContentType.objects.get_for_model(page)
    return LogEntry.objects.create(
        user=user, content_type=kind, object_id=str(page.pk), action_flag=flag
    )


def test_what_somebody_wrote_last_is_told_once_and_in_that_order(
    editor, publisher, make_city, make_practice, monkeypatch
):
    monkeypatch.setattr(waiting, "REMEMBERED", 6)
    forgotten, first, second, deleted, foreign, others = (
        make_city(code) for code in ("pl", "pl", "pl", "pl", "de", "pl")
    )
    practice = make_practice(city=others, status="draft")
    draft(first, editor)
    for page in (forgotten, first, practice, second, foreign, first):
        log(editor, page, ADDITION)
    log(editor, deleted, DELETION)
    log(editor, editor)
    log(publisher, others)
    log(editor, second)
    pages = waiting.written(editor)
    assert pages == [second, first, practice]
    assert [page.draft_state for page in pages] == [None, "draft", None]


def test_a_text_returns_to_who_wrote_it_last_and_rather_to_an_editor(
    editor, make_editor, publisher, make_city
):
    city, other = make_city(status="draft"), make_editor()
    assert waiting.writer(city, publisher) == publisher
    expected = {None: publisher, publisher: publisher, editor: editor, other: other}
    written = make_editor("publisher")
    for user, writer in expected.items():
        history.record([city], user, "")
        assert waiting.writer(city, publisher) == writer
    history.record([city], written, "")
    assert waiting.writer(city, publisher) == other  # no publisher
    city.country.trusted.add(other, editor)
    assert waiting.writer(city, publisher) == written  # who publish there, too


def test_a_draft_returns_to_who_wrote_at_it(editor, make_editor, publisher, make_city):
    city, other = make_city(), make_editor()
    history.record([city], other, "")
    draft(city, editor)
    draft(city, publisher)
    assert waiting.writer(city, publisher) == editor
    draft(city, other)
    assert waiting.writer(city, publisher) == other
