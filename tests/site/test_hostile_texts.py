"""No text that anybody sends stops a worker: every pattern and text function, with a clock."""

import ast
import importlib
import inspect
import re
import signal
import time
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from import_export.widgets import Widget

from cities.editing import checklist, history
from cities.importing import cells
from cities.models import City, Country, Payer, Role

LENGTH = 50_000  # characters
PATIENCE = 0.1  # seconds of a processor; a machine at its busiest may take some times as long
TOO_MUCH = 1  # second, after which it is stopped
STEEP = 40  # times as long for ten times the text: between what is linear and what is quadratic
SQUARE = 100  # times as long for ten times the text: a tenth tells whether to try the whole
UNITS = ["a", " ", "\n", "1", ".", ",", "-", "<", ">", "(", '"', "'", "&", "/", "%", "=", "\\", "_"]
UNITS += ["ż", "„", "\N{NO-BREAK SPACE}", "\xad", "\u200d", "😀", "\u0301\u0327", "\r", "\0"]
UNITS += [
    ". ",
    ", ",
    "a ",
    "a b ",
    "1 ",
    "1.",
    "1,",
    "a.",
    "w ",
    "A. ",
    "…\n",
    "! 1",
    "the ",
    "się ",
]
UNITS += ["<a", "<a ", "<a>", "</", "<p>", "</p>", "<ul><li>", '<a href="', '<a href="x">', "<h3>"]
UNITS += [
    "<h3",
    "<!--",
    "<div>",
    "<b><i>",
    "<table><td>",
    "<svg>",
    "<ul>",
    "&amp;",
    "&#1;",
    "&shy",
    "%(a",
    "%(a)s",
    "https://",
    "a/",
    "ok. ",
    " - ",
]
UNITS += ["M1 ", "a\u0301", "ö", "oe", "aa", "Ł", "_x000D_", "=1+", '","', "\n,", '"\n']
HOSTILE = [(unit * LENGTH)[:LENGTH] + "!" for unit in UNITS]
HALVES = [unit * (LENGTH // 2) for unit in ("a", " ", "\u0301", "\u0334")]
HOSTILE += [first + second for first in HALVES for second in HALVES if first != second]

# The last one needs what is only installed where photos are kept elsewhere.
NOT_IMPORTED = ["wsgi.py", "__init__.py", "object_storage.py"]
MODULES = [
    importlib.import_module(".".join(path.relative_to(settings.BASE_DIR).with_suffix("").parts))
    for package in ("cities", "precursors")
    for path in sorted((Path(settings.BASE_DIR) / package).rglob("*.py"))
    if not {"migrations", *NOT_IMPORTED} & set(path.parts)
]


def compiled(value):
    """Yield the patterns in a value of a module, and in the lists and tables there."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        yield from compiled(list(value.values()))
    elif isinstance(value, (list, tuple, set)):
        for part in value:
            yield from compiled(part)


def literal(node):
    """Return a pattern that stands in the code; what is filled in when it runs is one letter."""
    if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
        return "".join(
            part.value if isinstance(part, ast.Constant) else "x" for part in node.values
        )
    return node.value if isinstance(node, ast.Constant) else None


def written(module):
    """Yield the patterns that stand in calls such as re.sub(…)."""
    for node in ast.walk(ast.parse(Path(module.__file__).read_text())):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and getattr(node.func.value, "id", "") == "re"
            and (pattern := literal(node.args[0]))
        ):
            yield re.compile(pattern)


def patterns():
    found = {}
    for module in MODULES:
        for pattern in [*compiled(list(vars(module).values())), *written(module)]:
            found[pattern.pattern, pattern.flags] = pattern
    return list(found.values())


def own_pieces(pattern):
    """Return what a pattern itself looks for, again and again."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode()
    pieces = re.findall(r"[^\\\[\](){}?*+|^$.]+", source)
    pieces += ["".join(pieces[start : start + 2]) for start in range(len(pieces))]
    return [(piece * LENGTH)[:LENGTH] for piece in dict.fromkeys(pieces)]


def too_long(signum, frame):
    raise TimeoutError


def taken(function, text):
    """Return the seconds of a processor that a function takes for a text."""
    start = time.thread_time()
    signal.setitimer(signal.ITIMER_PROF, TOO_MUCH)
    try:
        function(text)
    except TimeoutError:
        pass
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return time.thread_time() - start


def slow(function, texts):
    """Return for which text a function takes too long, the best of five, and longer by its length.

    What is quadratic takes a hundred times as long as for a tenth of it, on any machine; so what
    takes no thousandth of a second for a tenth is quick enough, or stays below one if it is cubic.
    """
    signal.signal(signal.SIGPROF, too_long)
    for text in texts:
        short = text[: LENGTH // 20] + text[-LENGTH // 20 :]
        if (
            taken(function, short) * SQUARE > PATIENCE
            and (took := taken(function, text)) > PATIENCE
        ):
            took = min([took, *(taken(function, text) for _ in range(4))])
            tenth = min(taken(function, short) for _ in range(5))
            if took > min(TOO_MUCH / 2, max(PATIENCE, STEEP * tenth)):
                return f"{took:.2f} s for {text[:12]!r}…{text[-4:]!r}"
    return ""


@pytest.mark.parametrize("pattern", patterns(), ids=lambda pattern: str(pattern.pattern)[:40])
def test_no_pattern_is_slow(pattern):
    texts = [*HOSTILE, *own_pieces(pattern)]
    if isinstance(pattern.pattern, bytes):
        texts = [text.encode("utf-8", "replace") for text in texts]
    assert slow(pattern.findall, texts) == slow(pattern.fullmatch, texts) == ""


def page(text):
    country = Country(code="pl", name_pl=text)
    return City(
        country=country,
        latitude=52,
        longitude=21,
        summary_pl=text,
        profile_pl=text,
        made_from={"en": {"summary": {"was": text}}},
    )


# What a function is given, by the name that it has for it.
GIVEN = {
    **dict.fromkeys(
        ["text", "html", "query", "asked", "before", "value", "url", "column", "ring"],
        lambda text: text,
    ),
    "after": lambda text: text[::-1].replace("a", "b"),
    "language": lambda text: "pl",
    "entry": lambda text: polib.POEntry(msgid=text[: LENGTH // 2], msgstr=text),
    "catalogue": lambda text: [polib.POEntry(msgid="a", msgstr=text)],
}
ANSWERS = (ValueError, ValidationError, LookupError, TypeError)  # a refusal is an answer too
# What asks the network, takes another kind of query or catalogue, reads a whole table row by row,
# or is given by whoever runs the site.
ELSEWHERE = {"progress", "fault_of", "chosen", "compiled", "csv_rows", "field_for", "told", "mail"}


def text_functions():
    for module in MODULES:
        for name, value in vars(module).items():
            function = inspect.unwrap(value) if callable(value) else None
            if not inspect.isfunction(function) or function.__module__ != module.__name__:
                continue
            wanted = [
                parameter.name
                for parameter in inspect.signature(function).parameters.values()
                if parameter.default is parameter.empty
            ]
            if wanted and set(wanted) <= GIVEN.keys() and name not in ELSEWHERE:
                yield pytest.param(value, wanted, id=f"{module.__name__.split('.')[-1]}.{name}")


def answer(function, *values):
    try:
        result = function(*values)
        return list(result) if inspect.isgenerator(result) else result
    except ANSWERS as error:
        return error


@pytest.mark.django_db
@pytest.mark.parametrize(("function", "wanted"), text_functions())
def test_no_function_of_texts_is_slow(function, wanted):
    def ask(text):
        answer(function, *(GIVEN[name](text) for name in wanted))

    ask("a")  # what is read once, such as the gazetteer, is read now
    assert slow(ask, HOSTILE) == ""


@pytest.mark.django_db
@pytest.mark.parametrize("rule", checklist.RULES.values(), ids=lambda rule: rule.__name__)
def test_no_rule_of_the_checklist_is_slow(rule):
    assert slow(lambda text: answer(rule, page(text)), HOSTILE) == ""


CELLS = [
    value
    for value in vars(cells).values()
    if inspect.isclass(value) and issubclass(value, Widget) and value.__module__ == cells.__name__
]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", CELLS, ids=lambda kind: kind.__name__)
def test_no_cell_is_slow(kind):
    needed = {
        cells.Choice: (Role.choices,),
        cells.Choices: (Payer,),
        cells.Key: (City, "slug"),
        cells.Keys: (City, "slug", 5),
    }
    cell = kind(*needed.get(kind, ()))
    assert slow(lambda text: answer(cell.clean, text), HOSTILE) == ""


def test_no_history_is_slow():
    for field in (City._meta.get_field("summary_pl"), City._meta.get_field("profile_pl")):
        assert slow(lambda text, field=field: history._said(page(text), field), HOSTILE) == ""
