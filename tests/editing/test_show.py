"""“Show”: what is typed is seen as a page before it is saved, and nothing of it stays."""

import io
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from editing import address, edit, errors, filled
from PIL import Image

from cities.editing import drafts, history
from cities.models import City, Country, Photo, Source
from precursors.page_cache import version

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TYPED = "Wpisane i niezapisane."


@pytest.fixture
def office(log_in, publisher):
    return log_in(publisher)


@pytest.fixture
def nothing_stays(settings, commit, own_version):
    """Return a block after which all tables and files, and the version, are as before."""

    class Block:
        def __enter__(self):
            self.before, self.commit = everything(settings), commit()
            self.commit.__enter__()

        def __exit__(self, *fault):
            self.commit.__exit__(*fault)
            if not any(fault):
                assert everything(settings) == self.before

    return Block()


def everything(settings):
    rows = {
        model._meta.db_table: sorted(map(repr, model._base_manager.values_list()))
        for model in apps.get_models()
        if model._meta.managed and model._meta.model_name != "session"
    }
    folder = Path(settings.MEDIA_ROOT)
    return rows, sorted(map(str, folder.rglob("*"))), version.current()


def is_page(answer, language):
    """Tell that an answer is a page of the site, kept and found by nobody."""
    assert answer.status_code == 200
    assert answer.headers["Content-Language"] == language
    assert f'<html lang="{language}"' in answer.text
    assert "no-store" in answer.headers["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in answer.text
    assert "nonce" not in answer.headers["Content-Security-Policy"]
    assert 'hreflang="' not in answer.text.partition("<main")[0]
    return answer.text


KINDS = ["city", "practice", "topic", "journey", "event", "country"]


@pytest.fixture
def page(make_city, make_practice, make_topic, make_journey, make_event):
    """Return a function that makes a page of a kind."""

    def make(kind):
        city = make_city()
        practice = make_practice(city=city)
        made = {
            "city": lambda: city,
            "practice": lambda: practice,
            "topic": lambda: make_topic(practice),
            "journey": lambda: make_journey(practice),
            "event": lambda: make_event(city),
            "country": lambda: city.country,
        }
        record = made[kind]()
        history.record([record], None, "")
        return record

    return make


FIELDS = {
    "city": "summary",
    "practice": "summary",
    "topic": "intro",
    "journey": "intro",
    "event": "text",
    "country": "text",
}


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_page_is_shown_and_taken_back(office, page, nothing_stays, kind, language):
    record = page(kind)
    field = f"{FIELDS[kind]}_{language}"
    assert f'name="_show" value="{language}"' in office.get(address(kind, "change", record.pk)).text
    with nothing_stays:
        answer = edit(office, record, **{field: TYPED, "_show": language})
    assert TYPED in is_page(answer, language)


@pytest.mark.parametrize("status", ["draft", "published"])
def test_an_editor_shows_what_would_be_a_draft(desk, make_city, nothing_stays, status):
    city = make_city(status=status)
    history.record([city], None, "")
    source = {"sources-TOTAL_FORMS": "1", "sources-0-title": "Raport", "sources-0-position": "0"}
    with nothing_stays:
        answer = edit(desk, city, summary_pl=TYPED, _show="pl", **source)
    assert TYPED in is_page(answer, "pl")
    assert "Raport" in answer.text


@pytest.mark.parametrize("who", ["desk", "office"])
def test_what_is_typed_into_a_draft_is_shown_and_the_draft_stays(
    request, desk, make_city, nothing_stays, who
):
    city = make_city()
    Source.objects.create(city=city, title="Strategia")
    history.record([city], None, "")
    new = {"sources-TOTAL_FORMS": "2", "sources-1-title": "Raport", "sources-1-position": "0"}
    edit(desk, city, summary_pl="Szkic.", **new)
    client = request.getfixturevalue(who)
    with nothing_stays:
        text = is_page(edit(client, city, summary_pl=TYPED, _show="pl"), "pl")
    assert [word in text for word in (TYPED, "Szkic.", "Raport")] == [True, False, True]
    assert "Szkic." in drafts.of(city).records


def test_a_page_that_is_not_stored_yet_is_shown(desk, make_city, nothing_stays):
    country = make_city().country
    data = filled(desk.get(address("city", "add")))
    data |= {"name_pl": "Nowe", "name_en": "New", "country": country.pk, "_show": "en"}
    data |= {"role": "committed", "latitude": "52,1", "longitude": "19,4", "summary_en": TYPED}
    with nothing_stays:
        answer = desk.post(address("city", "add"), data)
    assert TYPED in is_page(answer, "en")


def test_what_is_wrong_is_told_and_nothing_is_saved(desk, make_city, nothing_stays):
    city = make_city(status="draft")
    with nothing_stays:
        answer = edit(desk, city, name_pl="", summary_pl=TYPED, _show="pl")
    assert list(errors(answer)) == ["name_pl"]
    assert "niczego nie zapisano" in answer.text
    assert "data-offer" not in answer.text  # the other tab keeps what is typed


def photo_file():
    file = io.BytesIO()
    Image.new("RGB", (80, 60), "green").save(file, "JPEG")
    return SimpleUploadedFile("nowe.jpg", file.getvalue(), "image/jpeg")


def test_a_photo_that_is_not_saved_is_left_out_and_leaves_no_file(
    office, make_photo, nothing_stays
):
    photo = make_photo()
    city = photo.city
    new = {
        "photos-TOTAL_FORMS": "2",
        "photos-0-image": photo_file(),
        "photos-1-image": photo_file(),
        "photos-1-alt_pl": "Nowy park",
        "photos-1-alt_en": "A new park",
        "photos-1-credit": "Anna",
        "photos-1-licence": "CC BY 4.0",
        "photos-1-position": "1",
    }
    with nothing_stays:
        text = is_page(edit(office, city, summary_pl=TYPED, _show="pl", **new), "pl")
    assert TYPED in text
    assert "pokaże się dopiero po zapisaniu" in text
    assert photo.alt_pl in text
    assert "Nowy park" not in text
    assert Photo.objects.get() == photo


def test_what_saving_would_tell_is_told_nowhere(office, make_city, nothing_stays):
    city = make_city()
    with nothing_stays:
        is_page(edit(office, city, latitude="10", longitude="10", _show="pl"), "pl")
    assert "messagelist" not in office.get(address("city")).text


def test_only_who_may_write_a_page_shows_it(desk, client, make_city, foreign, nothing_stays):
    own, theirs = make_city(), foreign["city"]
    data = filled(desk.get(address("city", "change", own.pk))) | {"_show": "pl"}
    country = Country.objects.get(code="pl")
    with nothing_stays:
        for url in [address("city", "change", theirs.pk), address("city", "change", own.pk)]:
            assert client.post(url, data).headers["Location"].startswith("/admin/login/")
        assert desk.post(address("city", "change", theirs.pk), data).status_code == 302
        assert desk.post(address("country", "change", country.pk), data).status_code == 403
    assert "_show" not in desk.get(address("country", "change", country.pk)).text
    assert City.objects.count() == 2
