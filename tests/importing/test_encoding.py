"""Texts of one byte a letter: read as what they are, or asked, but never as something else."""

import csv
from pathlib import Path
from time import perf_counter

import pytest

from cities.importing.encoding import OLD, UnclearError, text_of
from cities.management.commands.load_programme import DATA

TEXTS = [
    "Łódź, Gdańsk, żółw",
    "Łódź – „żółw”, 5 m²",
    "Skåne-Årsta æøå",
    "Skåne-Ørsta ñandú",
    "Malmö, Göteborg, Århus",
    "crème brûlée à Besançon",
    "Böblingen, Straße, Zürich",
    "Plzeň, Ružomberok, Žďár",
    "Győr, Hódmezővásárhely",
    "São Paulo",
    "Będzin",
    "España, año, niño",
    "Forlì, perché, città, Cefalù",
    "Đakovo, Čačak, Šibenik, Niš",
    "Timişoara, Braşov, Constanţa",
    "Ľubica, Martin, kĺb, vŕba, Žilina",
]


@pytest.mark.parametrize("encoding", OLD)
@pytest.mark.parametrize("text", TEXTS)
def test_text_is_read_as_it_was_written_or_asked(text, encoding):
    try:
        content = text.encode(encoding)
    except UnicodeEncodeError:
        pytest.skip("not in this encoding")
    try:
        assert text_of(content)[0] == text
    except UnclearError:
        assert text_of(content, encoding) == (text, encoding)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(TEXTS[0], name) for name in ("cp1250", "iso8859_2", "mac_latin2", "cp852")]
    + [(TEXTS[2], name) for name in ("cp1252", "mac_roman")],
)
def test_text_that_reads_well_in_one_way_is_not_asked(text, encoding):
    assert text_of(text.encode(encoding)) == (text, encoding)


def test_question_shows_a_word_in_which_they_differ():
    with pytest.raises(UnclearError) as error:
        text_of("São Paulo".encode("cp1252"))
    assert error.value.samples == {"cp1250": "Săo", "iso8859_2": "Săo", "cp1252": "São"}


def test_question_shows_the_first_word_in_which_they_differ():
    words = "São Mão Pão Leão Cão Grão Vão"
    with pytest.raises(UnclearError) as error:
        text_of(words.encode("cp1252"))
    assert error.value.samples["cp1252"] == "Cão"


@pytest.mark.parametrize(
    ("unicode", "other", "error"),
    [
        ("Łódź Ełk", "żółw", UnicodeDecodeError),
        ("Łódź", "żółw", UnicodeDecodeError),
        ("Łódź", "żółw gęś", UnclearError),
        ("Łódź Łódź Łódź", "żółw gęś", UnclearError),  # which is one word
    ],
)
def test_a_text_of_which_half_the_words_are_unicode_is_unicode(unicode, other, error):
    with pytest.raises(error):
        text_of(f"{unicode} ".encode() + other.encode("cp1250"))


def test_unicode_that_is_broken_is_no_other_encoding():
    whole = "Żółta łódź, gęś\n".encode()
    for content in (whole * 9 + b"\xc5", whole + "Śrem\n".encode("cp1250") + whole):
        with pytest.raises(UnicodeDecodeError) as error:
            text_of(content)
        assert error.value.encoding == "utf-8"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["slug,name\nlodz,Łódź\n", "a"])
def test_utf_16_needs_no_mark(text, encoding):
    assert text_of(text.encode(encoding)) == (text, "utf-16")


@pytest.mark.parametrize(
    ("mark", "written", "encoding"),
    [
        (b"\xef\xbb\xbf", "utf-8", "utf-8-sig"),
        (b"\xff\xfe", "utf-16-le", "utf-16"),
        (b"\xfe\xff", "utf-16-be", "utf-16"),
    ],
)
def test_a_mark_tells_the_encoding_and_is_no_letter(mark, written, encoding):
    for text in ("slug,name\nlodz,Łódź\n", "żółć", ""):
        assert text_of(mark + text.encode(written)) == (text, encoding)


@pytest.mark.parametrize("encoding", ["cp1250", "iso8859_2", "mac_latin2"])
@pytest.mark.parametrize("path", sorted(Path(DATA).glob("*.csv")), ids=lambda path: path.stem)
def test_programme_is_read_from_each_encoding_that_has_its_letters(path, encoding):
    with path.open() as file:
        rows = [",".join(row) for row in csv.reader(file)]
    text = "\n".join(row for row in rows if row == row.encode(encoding, "ignore").decode(encoding))
    assert text_of(text.encode(encoding))[0] == text


@pytest.mark.parametrize("content", [b"\xe6" * 5_000_000, b"a\xe6 " * 1_000_000, b"a" * 5_000_000])
def test_encoding_of_a_long_file_is_found_at_once(content):
    start = perf_counter()
    with pytest.raises(UnclearError) if b"\xe6" in content else memoryview(b""):
        text_of(content)
    assert perf_counter() - start < 2
