"""Where a question was answered: marked, and told by the sentence that holds it."""

import pytest

from cities.finder.excerpts import LONGEST, excerpt, highlight
from cities.finder.indexing import with_parts
from cities.finder.search import find
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
