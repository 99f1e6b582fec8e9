"""A question, word by word: what was typed, and what is said for it."""

import pytest

from cities.finder.question import (
    Synonyms,
    Wanted,
    begun,
    first_of,
    starting_like,
    wanted,
)
from cities.models import Synonym, Word

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def written():
    """Know these words, each as “form stem”, in Polish."""

    def written(*words, language="pl"):
        for word in words:
            form, stem = word.split()
            Word.objects.create(language=language, form=form, stem=stem)

    return written


def said(form, *stems):
    return form, frozenset(stems)


def asked(question, **options):
    """Return what is wanted as [(words typed, [phrases for them])], and what nobody has written."""
    found, unknown = wanted(question.split(), "pl", **options)

    def in_words(phrase):
        return " ".join(form for form, _stems in phrase)

    told = [(in_words(want.typed), [*map(in_words, want.others)]) for want in found]
    return told, unknown


def test_a_word_is_wanted_by_its_form_and_by_all_stems_that_it_may_have(written):
    written("kotly kotl", "kotly kotlo", "zamek zamk")
    written("kotly boiler", language="en")
    found, unknown = wanted(["Kotły", "dwa"], "pl")
    assert found == [
        Wanted((said("kotly", "kotl", "kotlo"),)),
        Wanted((said("dwa", "dwa"),)),
    ]
    assert unknown == ["dwa"]


def test_a_name_that_keyboards_write_in_two_ways_is_wanted_as_it_was_typed(written):
    written("umea umea")
    (found,), unknown = wanted(["Umeå"], "pl")
    assert found == Wanted((said("umea", "umea"),))
    assert unknown == []


def test_only_the_last_word_may_be_a_beginning_and_only_while_somebody_types(written):
    written("fotowoltaika fotowoltaik", "fotel fotel", "nowy now", "nowina nowin", "dach dach")
    written("fotograf fotograf", language="en")
    words = ["nowy", "dach", "fot"]
    typed = [said("nowy", "now"), said("dach", "dach"), said("fot", "fot", "fotowoltaik", "fotel")]
    found, _unknown = wanted(words, "pl", typing=True)
    assert found == [Wanted((term,)) for term in typed]
    found, _unknown = wanted(words, "pl")
    assert found[2] == Wanted((said("fot", "fot"),))
    assert wanted([], "pl", typing=True) == ([], [])


def test_of_many_words_that_begin_alike_two_hundred_are_looked_for():
    Word.objects.bulk_create(
        Word(language="pl", form=f"droga{n}", stem=f"drog{n}") for n in reversed(range(100, 301))
    )
    assert begun("droga", "pl") == {f"drog{n}" for n in range(100, 300)}
    assert begun("droga300", "pl") == {"drog300"}


def test_known_words_of_the_same_first_letter_are_told_with_their_stems(written):
    written("tory tor", "tory tort", "trap trap", "park park")
    written("tram tram", language="en")
    assert starting_like("tarmwaj", "pl") == {"tory": {"tor", "tort"}, "trap": {"trap"}}


def test_eight_words_are_asked_for():
    words = [f"w{n}" for n in range(9)]
    assert asked(" ".join(words))[0] == [(word, []) for word in words[:8]]


def test_unknown_is_what_nobody_has_written_in_any_form_nor_says(written):
    written("tramwaj tramwaj", "nic innego")
    Synonym.objects.create(language="pl", said="kopciuch", also="piec")
    assert asked("tramwaj tramwajem nic kopciuch piec statek")[1] == ["piec", "statek"]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("oze", [("oze", ["energia odnawialna"])]),
        ("energia odnawialna", [("energia odnawialna", ["oze"])]),
        ("nowa energią odnawialną", [("nowa", []), ("energia odnawialna", ["oze"])]),
        ("odnawialna energia", [("odnawialna", []), ("energia", [])]),
        ("ciepła woda użytkowa tu", [("ciepla woda uzytkowa", ["bojlery", "piece"]), ("tu", [])]),
        ("piece", [("piece", [])]),
        ("bojlery tu", [("bojlery", ["ciepla woda uzytkowa", "piece"]), ("tu", [])]),
        ("raz dwa trzy razem", [("raz", []), ("dwa", []), ("trzy", []), ("razem", [])]),
        ("jeden dwa trzy cztery tu", [("jeden dwa trzy cztery", ["wiele"]), ("tu", [])]),
        ("a5 b5 c5 d5 e5", [("a5", []), ("b5", []), ("c5", []), ("d5", []), ("e5", [])]),
    ],
)
def test_the_longest_known_phrase_is_wanted_and_all_that_is_said_for_it(question, told):
    for words, also in (
        ("OZE, energia odnawialna", ""),
        ("bojlery, ciepła woda użytkowa", "piece, bojlery"),
        ("jeden dwa trzy cztery", "wiele"),
        ("a5 b5 c5 d5 e5", "za wiele"),
    ):
        Synonym.objects.create(language="pl", said=words, also=also)
    Synonym.objects.create(language="en", said="oze", also="renewables")
    assert asked(question)[0] == told


def test_what_several_rows_say_is_said_once_in_the_order_of_the_rows():
    for words, also in (("ziąb", "mróz"), ("chłód, ziąb", "lód, mróz")):
        Synonym.objects.create(language="pl", said=words, also=also)
    assert asked("ziąb")[0] == [("ziab", ["mroz", "chlod", "lod"])]
    assert asked("chłód")[0] == [("chlod", ["ziab", "lod", "mroz"])]


def test_two_words_may_be_one_that_is_known(written):
    written("carsharing carsharing", "carsharingu carsharing")
    assert asked("car sharing")[0] == [("car sharing", ["carsharing"])]
    assert asked("nowy car sharing tu")[0] == [
        ("nowy", []),
        ("car sharing", ["carsharing"]),
        ("tu", []),
    ]
    assert asked("car sha ring")[0] == [("car", []), ("sha", []), ("ring", [])]


def test_a_word_is_said_for_another_however_its_stem_was_meant():
    synonyms = Synonyms([("kocioł", "piec"), ("rura", "sieć")], "pl")
    by_form = synonyms.of((said("kociol", "x"),))
    by_stem = synonyms.of((said("kotlami", "x", "kotl"),))
    assert [phrase[0][0] for phrase in by_form] == ["kociol", "piec"]
    assert by_form == by_stem
    assert synonyms.of((said("x", "kociol"),)) == []


def test_signs_between_commas_are_no_words():
    rows = [("oze, –, ", "„”, energia, ,")]
    (want,) = [first_of([said("oze", "oz")], Synonyms(rows, "pl"), {})]
    assert want == Wanted((said("oze", "oz"),), ((said("energia", "energ"),),))


def test_where_nothing_is_asked_there_is_no_first_word():
    with pytest.raises(ValueError, match=r"^There is no word to begin with\.$"):
        first_of([], Synonyms([], "pl"), {})
