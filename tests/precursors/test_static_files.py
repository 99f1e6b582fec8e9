"""Static files as they are collected: public pages have one stylesheet."""

import re
import shutil

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command

from cities.archive.crawler import NAMED_IN
from cities.archive.document import FETCHED

OF_STAFF = {"admin.css", "admin-form.css", "admin-pages.css"}


@pytest.fixture
def collected(settings, tmp_path):
    """Return a copy of static/css, and what collects it and reads what came of it."""
    for folder in ("css", "fonts"):
        shutil.copytree(settings.BASE_DIR / "static" / folder, tmp_path / "source" / folder)
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS = [tmp_path / "source"]
    settings.STATIC_ROOT = tmp_path / "collected"
    backend = {"BACKEND": "precursors.static_files.StaticFiles"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": backend}

    def collect():
        call_command("collectstatic", interactive=False, verbosity=0)
        return (tmp_path / "collected/css/site.css").read_text()

    return tmp_path / "source/css", collect


def test_the_one_stylesheet_holds_every_other_in_order(collected):
    css, collect = collected
    text = collect()
    named = re.findall(r'url\("([a-z-]+\.css)"\)', (css / "site.css").read_text())
    assert {*named, "site.css"} == {path.name for path in css.iterdir()} - OF_STAFF
    assert "@import" not in text
    assert "/*" not in text
    assert text.count("@media print {@layer print {") == 1
    rules = [line for name in named for line in (css / name).read_text().split("\n") if "{" in line]
    at = -1
    for rule in rules:
        at = text.index(rule.split("/*")[0].strip(), at + 1)


def test_the_one_stylesheet_follows_a_change_in_another(collected):
    css, collect = collected
    before = collect()
    assert collect() == before
    with (css / "cards.css").open("a") as cards:
        cards.write(".new-card { color: red; }\n")
    following = "@layer components {\n.finder-card {"
    assert collect() == before.replace(following, f".new-card {{ color: red; }}\n{following}")


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["home", "cities", "practices", "compare"])
def test_a_page_names_all_that_its_scripts_load(visit, make_city, reverse_in, name):
    """Programs that copy a site read no modules, and no more of a page than its links."""
    make_city()
    page = visit(reverse_in("en", name))
    elements = page.find("link", href=True) + page.find("script", src=True)
    named = {e.attributes.get("href") or e.attributes["src"] for e in elements}
    fetched = [
        value for e in page.elements for key, value in e.attributes.items() if key in FETCHED
    ]
    assert {*fetched} <= named
    if page.find("div", of="map"):
        assert "/static/img/europe.svg" in named
    modules = [address for address in named if address.startswith("/static/js/")]
    assert len(modules) > 4
    for module in modules:
        with open(finders.find(module.removeprefix("/static/"))) as source:
            imported = NAMED_IN[".js"].findall(source.read())
        assert {f"/static/js/{one.removeprefix('./')}" for one in imported} <= named
