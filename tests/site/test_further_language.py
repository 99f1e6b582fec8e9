"""A language that nobody translated yet, from one command to every page."""

import pytest

CODE = "eo"  # Esperanto: Django knows it, the programme does not speak it
FILL = """
from cities.models import City, Country, Practice
poland = Country.objects.create(code="pl", name_pl="Polska", name_en="Poland")
for slug in ("zamosc", "lodz"):
    city = City.objects.create(
        country=poland, slug=slug, name_pl=slug.title(), name_en=f"{slug.title()} in English",
        role="precursor", latitude=51, longitude=20, profile_en="<p>A town.</p>",
        status="published",
    )
Practice.objects.create(
    city=city, slug="tram", title_pl="Tramwaj", title_en="A tram", energy=True, mobility=True,
    spatial=True, stage="operation", description_pl="<p>Po polsku.</p>", status="published",
)
"""
WALK = """
import re
from django.contrib.auth.models import User
from django_otp.plugins.otp_static.models import StaticDevice
from django.test import Client

client = Client(SERVER_NAME="127.0.0.1")


def page(address):
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return response.text


found = re.findall(r"<loc>http://127.0.0.1:8000(/eo/.*?)</loc>", page("/sitemap.xml"))
assert {"/eo/", "/eo/urboj/", "/eo/urboj/lodz/", "/eo/good-practices/tram/"} <= set(found), found
for address in found:
    html = page(address)
    assert '<html lang="eo"' in html, address
    twins = re.findall(r'rel="alternate" hreflang="([^"]+)"', html)
    assert set(twins) == {"pl", "en", "eo", "x-default"}, address
    assert re.search(r'<a href="/pl/[^"]*" lang="pl" hreflang="pl">Polski</a>', html), address
    assert '<span aria-current="true" lang="eo">Esperanto</span>' in html, address
    assert "Urboj" in html and "Dobre praktyki" not in html, address  # translated, or English
    english = page(address.replace("/eo/", "/en/").replace("urboj", "cities"))
    assert 'hreflang="eo">Esperanto</a>' in english, address

profile = page("/eo/urboj/lodz/")
assert '<span lang="en">Lodz in English</span>' in profile
note = "This text is not yet available in Esperanto."
assert f'<p class="language-note" lang="en">{note}</p>' in profile
assert '<div lang="en"><p>A town.</p></div>' in profile
assert '<div lang="pl"><p>Po polsku.</p></div>' in page("/eo/good-practices/tram/")

cities = page("/eo/urboj/")
assert cities.index("Lodz in English") < cities.index("Zamosc in English")  # its own order
assert 'href="/eo/urboj/lodz/"' in cities[cities.index("<svg"):]
hits = re.sub("</?mark>", "", page("/eo/urboj/?q=lodz"))
assert "Lodz in English" in hits and "Zamosc" not in hits
assert '"Lodz in English"' in page("/eo/map.json")
assert "/eo/urboj/lodz/" in page("/eo/cities.geojson")
assert '"A tram"' in page("/eo/good-practices.geojson")
assert "A tram" in page("/eo/good-practices.csv")
feed = page("/eo/feed.atom")
assert 'xml:lang="eo"' in feed and "<title>A tram (Lodz in English)</title>" in feed

editor = User.objects.filter(username="editor").first() or User.objects.create_superuser("editor")
client.force_login(editor)
session = client.session
session["otp_device_id"] = StaticDevice.objects.create(user=editor).persistent_id
session.save()
assert 'name="name_eo"' in page("/admin/cities/city/1/change/")
assert "name_eo" in page("/admin/cities/city/import/")
print("walked", len(found))
"""


HIDDEN = """
from django.contrib.auth.models import User
from django.test import Client

visitor, staff = Client(SERVER_NAME="127.0.0.1"), Client(SERVER_NAME="127.0.0.1")
staff.force_login(User.objects.get(username="editor"))
for address in ("/eo/", "/eo/urboj/", "/eo/urboj/lodz/", "/eo/map.json", "/eo/feed.atom"):
    gone, seen = visitor.get(address), staff.get(address)
    assert (gone.status_code, seen.status_code) == (404, 200), address
    assert gone.headers["Content-Language"] == "pl" and "Esperanto" not in gone.text, address
    assert "no-store" in seen.headers["Cache-Control"], address
    assert seen.headers["X-Robots-Tag"] == "noindex", address
assert "Esperanto" in staff.get("/eo/").text
for address in ("/en/", "/pl/miasta/", "/en/data/widget/", "/sitemap.xml", "/en/nothing/"):
    for client in (visitor, staff):
        assert 'hreflang="eo"' not in client.get(address).text, address
        assert "/eo/" not in client.get(address).text, address
assert visitor.get("/", headers={"accept-language": "eo"}).headers["Location"] == "/pl/"
print("walked")
"""


@pytest.mark.long
@pytest.mark.usefixtures("tables")
def test_a_language_is_one_command_a_setting_and_a_folder(manage, copy):
    manage("migrate", "--verbosity", "0")
    manage("shell", "--no-imports", "--command", FILL)

    too_soon = manage("prepare", MORE_LANGUAGES=CODE, fails=True)
    assert too_soon.endswith("run manage.py add_language eo first.\n")

    told = manage("add_language", CODE)
    assert "MORE_LANGUAGES=eo" in told
    assert list(copy.glob("cities/migrations/*_language_eo.py"))
    path = copy / "locale/eo/LC_MESSAGES/django.po"
    catalogue = path.read_text(encoding="utf-8")
    assert "Plural-Forms: nplurals=2; plural=(n != 1);" in catalogue
    assert "msgstr[2]" not in catalogue
    catalogue = catalogue.replace('msgid "Cities"\nmsgstr ""', 'msgid "Cities"\nmsgstr "Urboj"')
    for address in ("cities/", "cities/<slug:slug>/"):
        there = address.replace("cities", "urboj")
        catalogue = catalogue.replace(
            f'msgid "{address}"\nmsgstr ""', f'msgid "{address}"\nmsgstr "{there}"'
        )
    path.write_text(catalogue, encoding="utf-8")

    manage("prepare", MORE_LANGUAGES=CODE)
    walked = manage("shell", "--no-imports", "--command", WALK, MORE_LANGUAGES=CODE)
    assert walked.startswith("walked")
    hidden = {"MORE_LANGUAGES": CODE, "HIDDEN_LANGUAGES": CODE}
    assert manage("shell", "--no-imports", "--command", HIDDEN, **hidden) == "walked\n"
    manage("export_archive", copy / "archive", **hidden)
    assert not (copy / "archive/eo").exists()
    assert manage("shell", "--no-imports", "--command", WALK, MORE_LANGUAGES=CODE) == walked

    assert "MORE_LANGUAGES=eo,hu" in manage("add_language", "hu")  # as if eo were not set
    refused = manage("add_language", "ar", fails=True)
    assert "Arabic is written from right to left" in refused
    assert "No changes" in manage(
        "makemigrations", "--check", "--dry-run", MORE_LANGUAGES=f"{CODE},hu"
    )
