"""The wings of cities/ import one way, and each name in them stands for one thing."""

import ast
from collections import Counter
from graphlib import TopologicalSorter
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
# Each may import what stands above it.
WINGS = ["text", "models", "mapping", "evidence", "finder", "publishing"]
WINGS += ["archive", "views", "editing", "importing", "admin"]
DOORS = {"apps", "urls", "templatetags", "management"}  # which lead to the wings
MAY_KNOW_CITIES = {"precursors.urls", "precursors.wsgi"}


def modules(package):
    """Yield (dotted name, path) of every module of a package but its migrations."""
    for path in sorted((ROOT / package).rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        if "migrations" not in parts:
            yield ".".join(parts).removesuffix(".__init__"), path


NAMES = dict([*modules("cities"), *modules("precursors")])


def imports(name, path):
    """Return the modules of the site that a module imports, wherever in it."""
    package = name.split(".") if path.name == "__init__.py" else name.split(".")[:-1]
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*start, *([node.module] if node.module else [])])
            for alias in node.names:
                inner = f"{source}.{alias.name}"
                found.add(inner if inner in NAMES else source)
    return found & NAMES.keys()


GRAPH = {name: imports(name, path) for name, path in NAMES.items()}


def test_the_wings_are_those_that_are_named():
    folders = {path.name for path in (ROOT / "cities").iterdir() if path.is_dir()}
    assert folders - {"data", "migrations", "__pycache__", *DOORS} == set(WINGS)


def test_wings_import_one_way():
    def place(name):
        return WINGS.index(name.split(".")[1]) if name.split(".")[1:2] else -1

    upward = [
        f"{name} imports {other}"
        for name, others in GRAPH.items()
        for other in others
        if name.split(".")[0] == other.split(".")[0] == "cities"
        and name.count(".")
        and name.split(".")[1] not in DOORS
        and (other.split(".")[1] in DOORS or place(other) > place(name))
    ]
    assert upward == []


def test_no_modules_import_each_other():
    list(TopologicalSorter(GRAPH).static_order())  # raises CycleError, which names them


def test_what_every_page_passes_through_knows_the_programme_in_two_places():
    knowing = {
        name
        for name, others in GRAPH.items()
        if name.startswith("precursors") and any(other.startswith("cities") for other in others)
    }
    assert knowing == MAY_KNOW_CITIES


def test_no_two_files_have_one_name():
    names = Counter(path.name for name, path in modules("cities"))
    assert [name for name, n in names.items() if n > 1 and name != "__init__.py"] == []
