import json
import re
import shutil
import subprocess
import tomllib
from hashlib import sha256
from pathlib import Path
from zipfile import is_zipfile

import pytest
from django.core.management import CommandError, call_command
from django.utils import formats, translation

from cities.archive.check import check
from cities.archive.crawler import Archive
from cities.archive.folder import MANIFEST, SUMS, Files
from cities.models import FormerAddress, Indicator

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(make_city, make_practice, make_indicator):
    """Make a city with a practice, and drafts of both that could leak."""
    town = make_city(slug="sztum", name_pl="Sztum", name_en="Sztum")
    make_indicator(practice=make_practice("energy", city=town, slug="boilers"))
    make_practice(city=town, slug="unfinished", title_pl="Nieskończona", status="draft")
    make_city(slug="hidden", name_pl="Ukryte", status="review")
    return town


def test_an_archive_holds_every_page_file_and_feed_but_no_draft_and_no_host(settings, town, client):
    steps = []
    archive = Archive(tell=lambda *step: steps.append(step))
    files = archive.make()
    assert archive.broken == []
    assert [done for done, _known in steps] == [*range(1, len(steps) + 1)]
    assert [done == known for done, known in steps] == [False] * (len(steps) - 1) + [True]
    assert {
        "index.html",
        "404.html",
        "en/404.html",
        "pl/miasta/sztum/index.html",
        "en/good-practices/boilers/index.html",
        "pl/feed-country-pl.atom",
        "en/feed-theme-energy.atom",
        "pl/good-practices-theme-energy.csv",
        "en/good-practices.xlsx",
        "pl/miasta/search.json",
        "pl/dobre-praktyki/towns.json",
        "gazetteer.csv.js",
        "pl/widget/index.html",
        "en/compare/boilers.html",
        "static/js/archive-finder.js",
        "static/img/europe.svg",
        "static/img/europe-near.svg",
        "README.txt",
        MANIFEST,
    } <= set(files)
    everything = b"\n".join([*files.values(), *(name.encode() for name in files)])
    for secret in ("unfinished", "Nieskończona", "hidden/", "Ukryte", settings.SITE_URL):
        assert secret.encode() not in everything
    assert json.loads(files["pl/dobre-praktyki/search.json"])["records"].keys() == {"boilers"}
    known = json.loads(files["pl/dobre-praktyki/towns.json"])
    assert [city["slug"] for city in known["cities"]] == ["sztum"]
    told = {name: sha256(content).hexdigest() for name, content in files.items()}
    told.pop(MANIFEST)
    assert json.loads(files[MANIFEST])["sha256"] == told
    told.pop(SUMS)
    assert files[SUMS].decode() == "".join(f"{told[name]}  {name}\n" for name in sorted(told))
    pages = [name for name in files if name.endswith("index.html") and name.count("/")]
    for name in pages:
        assert b" data-archive>" in files[name], name
        note = files[name].partition(b'class="archive-note">')[2][:60].decode()
        assert str(town.changed_on.day) in note, name
        assert b"/share/" not in files[name], name  # networks follow no address without a host
    assert len(pages) > 20
    assert Archive().make() == files
    for name in ("good-practices.csv", "good-practices-theme-energy.json", "cities.geojson"):
        asked = re.sub("-(theme)-([a-z]+)(.*)", r"\3?\1=\2", name)
        live = client.get(f"/en/{asked}").text.replace(settings.SITE_URL, "")
        assert files[f"en/{name}"].decode() == live


def test_an_archive_leaves_out_a_page_that_fails_and_says_so(
    town, make_practice, make_indicator, tmp_path, capsys, caplog
):
    practice = make_indicator(practice=make_practice(slug="odd", title_en="Odd")).practice
    Indicator.objects.filter(practice=practice).update(unit="furlong")
    with pytest.raises(CommandError) as told:
        call_command("export_archive", tmp_path / "archive")
    assert "/pl/dobre-praktyki/odd/ fails, and is left out." in str(told.value)
    assert (tmp_path / "archive/pl/dobre-praktyki/boilers/index.html").exists()
    assert not (tmp_path / "archive/pl/dobre-praktyki/odd").exists()
    assert [record for record in caplog.records if record.levelname == "ERROR"]


def test_a_written_archive_is_checked_and_renewed(settings, town, client, tmp_path, capsys):
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://cities.eu", ["cities.eu", "testserver"]
    folder = tmp_path / "archive"
    call_command("export_archive", folder, base_url="https://example.org/old")
    assert "0 broken, 0 requests to other hosts" in capsys.readouterr().out
    assert "https://example.org/old/pl/miasta/sztum/" in (folder / "sitemap.xml").read_text()
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]
    with translation.override("en"):
        day = formats.date_format(town.changed_on)
    for name, original in (
        ("en/cities/sztum/index.html", "https://cities.eu/en/cities/sztum/"),
        ("en/compare/boilers.html", "https://cities.eu/en/compare/?p=boilers"),
        ("en/widget/index.html", "https://cities.eu/en/widget/"),
        ("README.txt", "https://cities.eu/en/"),
    ):
        text = (folder / name).read_text()
        assert original in text, name
        assert f"version {project['version']} of" in text, name
        assert day in text, name
        assert "https://creativecommons.org/licenses/by/4.0/" in text, name
    home = (folder / "pl/index.html").read_text()
    assert 'href="miasta/index.html"' in home
    assert 'rel="canonical" href="https://example.org/old/pl/"' in home
    picture = "https://example.org/old/pl/share/page/home.png"
    assert f'property="og:image" content="{picture}"' in home
    drawn = (folder / "pl/share/page/home.png").read_bytes()
    assert 'href="/old/pl/miasta/index.html"' in (folder / "404.html").read_text()
    assert client.get("/pl/share/page/home.png").content != drawn  # with the name of this site
    FormerAddress.objects.create(city=town, slug="stuhm")
    town.practices.all().delete()
    call_command("export_archive", folder, zip=tmp_path / "archive.zip")
    assert "0 broken, 0 requests to other hosts" in capsys.readouterr().out
    assert is_zipfile(tmp_path / "archive.zip")
    assert not (folder / "pl/dobre-praktyki/boilers/index.html").exists()
    assert not (folder / "sitemap.xml").exists()
    assert "../sztum/index.html" in (folder / "pl/miasta/stuhm/index.html").read_text()
    assert "/pl/miasta/stuhm/ /pl/miasta/sztum/ 301!\n" in (folder / "_redirects").read_text()


@pytest.mark.skipif(not Path("/etc/nginx/mime.types").exists(), reason="no nginx")
@pytest.mark.parametrize("base_url", ["", "https://example.org/old"])
def test_nginx_takes_the_rules(town, tmp_path, base_url):
    FormerAddress.objects.create(city=town, slug="stuhm")
    rules = Archive(base_url).make()["nginx.conf"].decode()
    http, server = rules.split("# In the server block")
    conf = tmp_path / "nginx.conf"
    conf.write_text(
        f"pid {tmp_path}/pid; error_log stderr; events {{}}\n"
        f"http {{ access_log off; {http} server {{ listen 8080; #{server} }} }}"
    )
    shutil.copy("/etc/nginx/mime.types", tmp_path)
    nginx = shutil.which("nginx", path="/usr/sbin:/usr/bin")
    subprocess.run([nginx, "-t", "-q", "-p", tmp_path, "-c", conf], check=True)  # noqa: S603  ours


def test_faults_of_an_archive_are_found(tmp_path):
    (tmp_path / "a.html").write_text(
        '<main id="content"><a href="b.html"></a><a href="https://example.org/"></a>'
        '<img src="https://example.org/a.png"><a href="#nowhere"></a><a href="a.css#x"></a>'
    )
    (tmp_path / "a.css").write_text("a { background: url(c.png) }")
    found = check(tmp_path)
    assert found.broken == [
        "a.html names b.html",
        "a.html names #nowhere, where nothing has that id",
        "a.css names c.png",
    ]
    assert found.outside == ["a.html asks https://example.org/a.png"]
    found = check(tmp_path, "https://example.org")
    assert found.broken[1:3] == ["a.html names /", "a.html names /a.png"]
    assert found.outside == []


@pytest.mark.parametrize("base_url", ["example.org", "ftp://example.org", "https://a.org/?q"])
def test_an_address_that_is_none_is_refused(tmp_path, base_url):
    with pytest.raises(CommandError, match="is no address such as"):
        call_command("export_archive", tmp_path / "a", base_url=base_url)


@pytest.mark.django_db(transaction=True)
def test_several_processes_make_the_same_archive(town, tmp_path, capsys):
    for name, processes in (("one", 1), ("three", 3)):
        call_command("export_archive", tmp_path / name, processes=processes)
    one, three = (dict(Files(tmp_path / name)) for name in ("one", "three"))
    assert three == one
    assert len(one) > 100
