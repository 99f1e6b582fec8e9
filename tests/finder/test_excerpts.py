"""Where a question was answered: marked, and told by the sentence that holds it."""

import re

import pytest

from cities.finder.excerpts import LONGEST, excerpt, highlight, shortened
from cities.finder.indexing import with_parts
from cities.finder.search import UNASKED, find
from cities.models import Practice, Synonym


@pytest.fixture
def told(make_practice):
    def told(query, **texts):
        make_practice(title_pl="Osiedle", **texts)
        answer = find(query, Practice.objects.published())
        return excerpt(with_parts(Practice.objects.all()).get(), answer)

    return told


def test_the_sentence_is_told_that_holds_most_and_from_which_part(told):
    found = told(
        "ocieplono dachów",
        summary_pl="Remont.",
        description_pl="<p>Ocieplono ściany. Zimą 2020 r. ocieplono <em>dach</em>! Koniec.</p>",
    )
    assert (str(found[0]), found[1]) == (
        "Co zrobiono",
        "Zimą 2020 r. <mark>ocieplono</mark> <mark>dach</mark> !",
    )


def test_nothing_is_told_where_the_card_shows_it_all(told):
    found = told("remont osiedla", summary_pl="Remont.", description_pl="<p>Remont osiedla.</p>")
    assert found is None


def test_a_long_sentence_is_cut_around_the_word(told):
    _part, sentence = told("rura", description_pl=f"<p>{'Tu i tam ' * 99}rury {'i już ' * 99}</p>")
    assert "<mark>rury</mark>" in sentence
    assert sentence.startswith("… ")
    assert sentence.endswith(" …")
    assert len(sentence) < LONGEST + 30


def test_other_words_are_marked_only_where_they_stand_together(make_practice):
    Synonym.objects.create(language="pl", said="OZE", also="energia odnawialna")
    make_practice(title_pl="Energia odnawialna <b>")
    answer = find("oze", Practice.objects.published())
    assert highlight("Energia i odnawialna <b>", answer) == (
        "<mark>Energia</mark> i <mark>odnawialna</mark> &lt;b&gt;"
    )
    assert highlight("Energia jądrowa", answer) == "Energia jądrowa"
    three = Synonym.objects.create(language="pl", said="SEAP", also="plan działań na rzecz energii")
    answer = find("seap", Practice.objects.published())
    assert highlight("działań rzecz energii", answer) == "działań rzecz energii"
    three.delete()


@pytest.mark.parametrize(
    ("query", "texts", "sentence"),
    [
        ("ocieplono", "Ocieplono dach.", "<mark>Ocieplono</mark> dach."),
        ("okna dach", "Nowe okna. Nowy dach i okna. Dach, okna.", None),
        ("okna dach", "Jest dach. I okna! Stary dach.", "Jest <mark>dach</mark>."),
        ("ściany remont", "Remont dachu. Stan ścian.", "Stan <mark>ścian</mark>."),
        ("rury", "Dom <b>i</b> &lt;rury&gt;.\n\n  Dwa.", "Dom i &lt;<mark>rury</mark>&gt;."),
    ],
)
def test_the_first_sentence_is_told_with_the_most_words_that_the_card_lacks(
    told, query, texts, sentence
):
    found = told(query, summary_pl="Remont.", description_pl=f"<p>{texts}</p>")
    expected = sentence or "Nowy <mark>dach</mark> i <mark>okna</mark>."
    assert (str(found[0]), found[1]) == ("Co zrobiono", expected)


def test_where_nothing_is_asked_nothing_is_told_nor_marked(make_practice):
    make_practice(description_pl="<p>Rury.</p>")
    assert excerpt(with_parts(Practice.objects.all()).get(), UNASKED) is None
    assert highlight("Rury <b>", UNASKED) == "Rury <b>"


@pytest.mark.parametrize(
    ("sentence", "part"),
    [
        (f"rury {'raz ' * 58}raz", f"rury {'raz ' * 58}raz"),  # of 240 characters
        (f"rury {'raz ' * 58}razy", f"rury {'raz ' * 57}raz …"),
        (f"rury {'raz ' * 98}raz", f"rury {'raz ' * 57}raz …"),
        (f"{'raz ' * 30}rury {'dwa ' * 60}", f"… {'raz ' * 19}rury {'dwa ' * 39}…"),
        (f"{'raz ' * 34}rury {'dwa ' * 39}dwa", f"… {'raz ' * 19}rury {'dwa ' * 39}dwa"),
        (f"{'raz ' * 99}rury", f"… {'raz ' * 58}rury"),
        (f"{'raz ' * 30}dom rury {'dwa ' * 60}", f"… {'raz ' * 19}dom rury {'dwa ' * 38}…"),
    ],
)
def test_of_a_long_sentence_two_hundred_and_forty_characters_stay_eighty_before_the_word(
    db, sentence, part
):
    assert shortened(sentence, find("rury dom", []).query.wanted) == part


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("{oze}, {energia} {odnawialna}", True),
        ("{odnawialna} {energia}", True),
        ("{energia} i {odnawialna}", True),
        ("{odnawialna} to {energia}", True),
        ("{odnawialna}, a to {energia}", False),
        ("{energia} jest tu {odnawialna}", False),
        ("{energia}", False),
        ("{plan} dla {ciepła} {gminy}", True),
        ("{plan} na trzy lata {gminy}", False),
        ("{plan} na trzy {gminy}", False),
        ("{ciepła} {gminy}", False),
        (f"tak {'i nie ' * 5}{{oze}} {'tak ' * 30}{{OZE}}", True),
        (" " * 1996 + "{dach}", True),
        (" " * 1997 + "{dach}", False),
    ],
)
def test_all_words_are_marked_that_answer_and_those_of_a_phrase_near_each_other(db, text, marked):
    Synonym.objects.create(language="pl", said="OZE", also="energia odnawialna")
    Synonym.objects.create(language="pl", said="dach", also="plan ciepła gminy")
    words = re.findall(r"{(\w+)}", text)
    plain = text.format(**{word: word for word in words})
    shown = text.format(**{word: f"<mark>{word}</mark>" for word in words})
    assert highlight(plain, find("oze dach", [])) == (shown if marked else plain)
