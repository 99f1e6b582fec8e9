from io import BytesIO

import pytest
from django.templatetags.static import static
from PIL import Image

from cities.publishing import share

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _images_in_tmp(settings, tmp_path):
    own = settings.CACHES["share images"] | {"LOCATION": tmp_path / "share"}
    settings.CACHES = settings.CACHES | {"share images": own}


@pytest.fixture
def deed(make_city, make_practice):
    town = make_city(slug="wzorowo", name_pl="Wzorowo", name_en="Musterton")
    return make_practice("energy spatial", city=town, slug="wzorczyn", title_pl="Wzorczyn")


PICTURES = ["page/home", "page/cities", "page/practices", "page/about", "theme/integrated"]
PICTURES += ["theme/spatial", "country/pl", "city/wzorowo", "practice/wzorczyn"]


def test_every_kind_of_page_has_a_picture_of_its_own_in_64_colours(deed, client):
    seen = set()
    for picture in PICTURES:
        response = client.get(f"/pl/share/{picture}.png")
        assert response.headers["Content-Type"] == "image/png"
        image = Image.open(BytesIO(response.content))
        assert (image.size, image.mode) == ((1200, 630), "P")
        assert len(image.getcolors()) <= 64
        assert len(response.content) < 60_000
        seen.add(response.content)
    assert len(seen) == len(PICTURES)
    assert client.get("/en/share/city/wzorowo.png").content not in seen  # Musterton


def test_a_page_names_its_picture(settings, deed, visit):
    named = {
        "/pl/": "page/home",
        "/pl/prywatnosc/": "page/home",
        "/pl/miasta/": "page/cities",
        "/pl/dobre-praktyki/": "page/practices",
        "/pl/o-programie/": "page/about",
        "/pl/tematy/przestrzen/": "theme/spatial",
        "/pl/kraje/pl/": "country/pl",
        "/pl/miasta/wzorowo/": "city/wzorowo",
        "/pl/dobre-praktyki/wzorczyn/": "practice/wzorczyn",
    }
    for path, picture in named.items():
        (image,) = visit(path).find("meta", property="og:image")
        url = f"{settings.SITE_URL}/pl/share/{picture}.png"
        assert image.attributes["content"] == url, path


def test_a_picture_is_drawn_once_and_again_when_its_words_change(deed, client, monkeypatch):
    drawn = []
    monkeypatch.setattr(share, "draw", lambda card: drawn.append(card.title) or b"PNG")
    first = client.get("/pl/share/practice/wzorczyn.png")
    again = client.get(
        "/pl/share/practice/wzorczyn.png", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert (first.content, again.status_code, drawn) == (b"PNG", 304, ["Wzorczyn"])
    deed.title_pl = "Inaczej"
    deed.save()
    assert client.get("/pl/share/practice/wzorczyn.png").headers["ETag"] != first.headers["ETag"]
    assert drawn == ["Wzorczyn", "Inaczej"]


def test_a_picture_that_cannot_be_drawn_is_replaced_by_the_icon(deed, client, monkeypatch, caplog):
    monkeypatch.setattr(share, "FONT", "fonts/none.woff2")
    share.font.cache_clear()
    response = client.get("/pl/share/city/wzorowo.png")
    assert response.status_code == 302
    assert response.headers["Location"] == static("img/apple-touch-icon.png")
    assert "The picture of city wzorowo cannot be drawn." in caplog.text


@pytest.mark.parametrize(
    "picture",
    ["page/nowhere", "theme/none", "country/xx", "city/none", "practice/none", "none/home"],
)
def test_an_unknown_picture_does_not_exist(db, client, picture):
    assert client.get(f"/pl/share/{picture}.png").status_code == 404


def test_a_draft_has_no_picture(deed, client):
    deed.status = "draft"
    deed.save()
    assert client.get("/pl/share/practice/wzorczyn.png").status_code == 404


def test_an_empty_site_has_pictures(client):
    assert client.get("/en/share/page/home.png").headers["Content-Type"] == "image/png"


@pytest.mark.parametrize(
    ("title", "size"),
    [
        ("Bydgoszcz", 72),
        ("Primiero San Martino di Castrozza", 72),
        ("Pociąg, autobus i rower w jednym miejscu – szkic węzła przy dworcu", 52),
        ("Najdłuższy tytuł, jaki może mieć dobra praktyka, czyli sto dwadzieścia liter " * 2, 32),
        ("Elektroenergetycznoprzestrzenny", 28),
        ("Warsztaty o planowaniu energetyczno-przestrzennym: pierwsze z trzech", 44),
        ("W" * 80, 28),
    ],
)
def test_a_title_takes_the_largest_size_that_fits(title, size):
    lines, taken = share.broken(title)
    assert taken == size
    assert "".join("".join(lines).split()) == "".join(title.split())
    assert [line for line in lines if share.font(size).getlength(line) > ROOM] == []
    assert [line for line in lines if line.endswith((" i", " w"))] == []


ROOM = share.COLUMN * share.FINER


@pytest.mark.parametrize(
    ("words", "told", "size"),
    [
        ("dobra praktyka · Sztum", "dobra praktyka · Sztum", 28),
        (
            "Szkolenie · 3–4 października 2023 · online",
            "Szkolenie · 3–4 października 2023 · online",
            22,
        ),
        ("Polska · " * 12, None, share.LEAST_SIZE),
        ("", "", 28),
    ],
)
def test_a_line_of_small_words_keeps_within_its_column(words, told, size):
    shown, taken = share.in_line(words, 28)
    assert taken == size
    assert share.font(taken).getlength(shown) <= ROOM
    assert shown == told if told is not None else shown.endswith("…")


def test_other_sites_may_show_a_picture(deed, client):
    response = client.get("/pl/share/city/wzorowo.png")
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
