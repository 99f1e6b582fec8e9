"""A word without an end, such as an address, makes no page wider than a phone."""

from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from maps import PHONE

from cities.models import Source

pytestmark = pytest.mark.django_db

WORD = "Konstantynopolitańczykowianeczka" * 3  # 96 letters
LONG = WORD[:80]
URL = "https://example.org/" + "a1b2c3d4" * 20
HTML = f"<h3>{WORD}</h3><p>{URL}</p><ul><li>{WORD}</li></ul><p><a href='{URL}'>{URL}</a></p>"
PAGES = {"city": "city", "practice": "practice", "cities": "", "practices": "", "country": ""}
PAGES |= {"home": "", "compare": ""}


@pytest.fixture
def endless(make_country, make_city, make_practice, make_indicator, make_photo):
    """Make a city and a practice of which every text is one long word."""
    both = ("pl", "en")
    names = {f"name_{code}": LONG[:60] for code in both}
    texts = {f"text_{code}": HTML for code in both}
    make_country("pl", partner=WORD, partner_url="https://example.org/", **names, **texts)
    city = {"local_name": LONG, "population": 5, "population_source": WORD, "website": URL[:190]}
    for code in both:
        city |= {f"name_{code}": LONG, f"region_{code}": LONG, f"role_note_{code}": WORD}
        city |= {f"summary_{code}": WORD, f"profile_{code}": HTML}
    city = make_city(slug="city", **city)
    practice = {}
    for code in both:
        practice |= {f"title_{code}": LONG, f"summary_{code}": WORD}
        practice |= {f"description_{code}": HTML, f"lessons_{code}": HTML}
    practice = make_practice("energy mobility", slug="practice", city=city, **practice)
    make_practice("energy", slug="other", city=city, title_en=LONG, title_pl=LONG)
    labels = {f"label_{code}": LONG for code in both} | {
        f"counted_{code}": LONG[:60] for code in both
    }
    for number in (3, 5):
        labels["label_pl"] = f"{number}{LONG}"
        make_indicator(
            practice=practice, value=number, unit="count", headline=number == 3, **labels
        )
    for owner in ({"city": city}, {"practice": practice}):
        Source.objects.create(title=WORD, url=URL, **owner)
    make_photo(city=city, credit=WORD, licence=LONG)


@pytest.fixture
def show(new_context, client):
    """Open an address on a phone, with what the site answers and with nothing but its styles."""
    page = new_context(viewport=PHONE, java_script_enabled=False).new_page()

    def show(address):
        html = client.get(address).text

        def answer(route):
            path = urlsplit(route.request.url).path
            if path.startswith("/static/"):
                route.fulfill(path=finders.find(path.removeprefix("/static/")))
            else:
                route.fulfill(
                    body=html if path == urlsplit(address).path else "", content_type="text/html"
                )

        page.route("**/*", answer)
        page.goto(f"http://127.0.0.1:8000{address}")
        return page

    return show


# What is wider than the screen, and does not scroll by itself.
WIDE = """() => [...document.querySelectorAll("main *")].filter((one) => {
  const box = one.getBoundingClientRect();
  return box.width && box.right > innerWidth + 1 && !one.closest(".map, .visually-hidden, svg");
}).map((one) => `${one.tagName} in ${one.closest("[class]").className}`).slice(0, 9)"""


@pytest.mark.parametrize("language", ["pl", "en"])
def test_no_word_widens_a_page(show, endless, reverse_in, language):
    for name, slug in PAGES.items():
        kwargs = {"code": "pl"} if name == "country" else {"slug": slug} if slug else {}
        query = "?p=practice&p=other" if name == "compare" else ""
        phone = show(reverse_in(language, name, **kwargs) + query)
        width = phone.evaluate("document.documentElement.scrollWidth")
        assert width == PHONE["width"], (name, phone.evaluate(WIDE))
