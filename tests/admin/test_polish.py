"""Whoever works in Polish reads Polish on every page of the admin, and no “(-na)(-ne)”."""

import re
from html.parser import HTMLParser

import pytest
from django.contrib import admin
from django.urls import reverse
from editing import address, edit, upload, views

from cities.editing import history
from cities.models import Country, Indicator, Synonym, Unanswered

SPOKEN = {"title", "alt", "placeholder", "aria-label", "label"}
SILENT = {"script", "style", "textarea", "svg"}
# What is of no language: addresses and files, columns of tables, units, encodings, licences.
NAMES = re.compile(
    r"https?://\S+|[\w.+-]+@[\w.-]+|\w+/\S*|\b[\w-]+\.[a-z]{3,4}\b|\b[a-z]+_[a-z_]+\b|^… \S+$"
    r"|UTF-\d+|ISO 8859-\d|Windows-\d+|Mac OS [\w ]+|DOS \d+|\bCC BY.*|CSV|XLSX|\[(pl|en)\]",
    re.IGNORECASE,
)
# What is the same in both: words, languages by their own names, and keys that tables have.
SAME = {"Import", "Format:", "Status", "Status:", "Region :", "administrator", "film", "plan"}
SAME |= {"English", "Polski", "pl", "de", "population"}
UNINFLECTED = re.compile(r"\(-|\(a\)|\b\d+ (miasta|użytkownicy)\b")


class Words(HTMLParser):
    """What a page says, in its texts and in what stands for a picture or a control."""

    def __init__(self, html):
        super().__init__()
        self.silent, self.found = 0, set()
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        self.silent += tag in SILENT
        names = SPOKEN | ({"value"} if told.get("type") == "submit" else set())
        for name in names & set(told):
            self.handle_data(told[name] or "")

    def handle_endtag(self, tag):
        self.silent -= tag in SILENT

    def handle_data(self, text):
        if not self.silent:
            self.found.add(" ".join(text.split()))

    def suspects(self, english):
        """Return the texts that are the same in English, and those that inflect by brackets."""
        for text in self.found:
            said = NAMES.sub("", text).strip(" ›,").replace("  ", " ")
            is_said_alike = text in english.found and re.search(r"[^\W\d_]{2}", said)
            if (is_said_alike and said not in SAME) or UNINFLECTED.search(text):
                yield text


@pytest.fixture
def everything(request, admin_client, admin_user, make_editor):
    """Make something of every kind, named by numbers alone, and change it."""

    def made(kind, *records, **fields):
        numbers = dict.fromkeys(fields.pop("columns", ()), "1")
        return request.getfixturevalue(f"make_{kind}")(*records, **numbers, **fields)

    Country.objects.create(code="pl", name_pl="48", name_en="48")
    admin_user.username, admin_user.email = "1", ""
    admin_user.save()
    titles = ["title_pl", "title_en"]
    texts = [*titles, "text_pl", "text_en", "source_title"]
    city = made("city", columns=["name_pl", "name_en", "summary_pl", "summary_en"])
    practice = made("practice", city=city, columns=[*titles, "summary_pl", "summary_en"])
    made("indicator", practice=practice, unit="percent", columns=["label_pl", "label_en"])
    made("photo", city=city, columns=["alt_pl", "alt_en", "credit"])
    made("journey", city, columns=[*titles, "intro_pl", "intro_en"])
    for stop in city.stops.all():
        stop.why_pl = stop.why_en = "1"
        stop.save()
    made("event", city, columns=texts)
    made("material", practice, columns=texts)
    made("topic", practice, columns=["name_pl", "name_en", "intro_pl", "intro_en"])
    city.sources.create(title="1", url="https://example.org/")
    city.mentions.create(title="1", url="https://example.org/", language="de")
    Synonym.objects.create(language="pl", said="1", also="2")
    Unanswered.objects.create(words="1")
    make_editor(username="2")
    history.record([city], admin_user, "")
    edit(admin_client, city, population="5", population_year="2020", status="draft")
    return city


def answers(client, city):
    """Yield what every page of the admin answers, and what a few deeds lead to."""
    models = {f"{m._meta.app_label}_{m._meta.model_name}": m for m in admin.site._registry}
    for name, wanted in views():
        of = next((models[each] for each in models if name.startswith(f"admin:{each}_")), None)
        key = city.uuid if "uuid" in wanted else getattr(of and of._base_manager.last(), "pk", 1)
        if name not in ("admin:logout", "admin:app_list"):
            path = reverse(name, kwargs=dict.fromkeys(wanted, key))
            yield path, lambda path=path, **asked: client.get(path, **asked)
    for app in ("cities", "auth", "admin"):
        path = reverse("admin:app_list", args=[app])
        yield path, lambda path=path, **asked: client.get(path, **asked)
    ticked = {"_selected_action": [city.pk]}
    for action in ("delete_selected", "export_ticked", "submit", "publish"):
        sent = ticked | {"action": action}
        yield (
            action,
            lambda sent=sent, **asked: client.post(address("city"), sent, follow=True, **asked),
        )
    figure = Indicator.objects.get()
    yield (
        "save",
        lambda **asked: client.post(
            address("indicator", "change", figure.pk), {"_continue": ""}, **asked
        ),
    )
    yield "import", lambda **asked: upload(client, "city", "slug,population", "1,5", **asked)
    yield "faults", lambda **asked: upload(client, "city", "slug,population", "1,x", **asked)


@pytest.mark.long
def test_every_page_in_polish_is_all_polish(admin_client, everything):
    suspects, seen = {}, 0
    for name, ask in answers(admin_client, everything):
        polish, english = (ask(headers={"accept-language": code}) for code in ("pl", "en"))
        if "html" in polish.headers["Content-Type"] and polish.status_code == 200:
            seen += 1
            for text in Words(polish.text).suspects(Words(english.text)):
                suspects.setdefault(text, name)
    assert sorted(suspects.items()) == []
    assert seen > 120
