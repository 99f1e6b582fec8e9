"""A page as it will look: whose it is, under which address, and what no preview shows."""

import pytest
from django.urls import reverse
from django.utils import translation

from cities.editing import drafts, history, previews
from cities.models.given_link import make_link

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_languages_lead_to_the_same_link_and_a_hidden_one_to_itself(settings):
    settings.HIDDEN_LANGUAGES = ["en"]
    told = {
        language: previews.addresses("preview_link", "abc", language) for language in ("pl", "en")
    }
    polish = {"code": "pl", "name": "Polski", "here": "/pl/podglad/abc/", "url": None}
    english = {"code": "en", "name": "English", "here": "/en/preview/abc/", "url": None}
    assert told == {"pl": [polish], "en": [polish, english]}


def test_a_preview_is_of_what_is_saved_with_the_way_back_to_its_form(desk, make_city):
    city = make_city(status="draft", slug="kutno")
    answer = desk.get("/pl/podglad/miasta/kutno/")
    form = reverse("admin:cities_city_change", args=[city.pk])
    assert answer.context["back_to_form"] == form
    assert f'<a href="{form}">' in answer.text
    assert desk.head("/pl/podglad/miasta/kutno/").status_code == 200
    assert desk.post("/pl/podglad/miasta/kutno/").status_code == 405


def test_a_practice_of_a_draft_city_is_shown_with_what_waits_beside_it(
    desk, make_city, make_practice, reverse_in
):
    city = make_city(status="draft", name_pl="Kutno")
    make_practice(city=city, slug="tramwaj", status="draft")
    assert "Kutno" in desk.get(reverse_in("pl", "practice_preview", slug="tramwaj")).text


@pytest.mark.parametrize(
    ("status", "has_draft", "code"),
    [("draft", False, 200), ("published", False, 302), ("published", True, 200)],
)
def test_a_link_shows_what_visitors_do_not_see_and_else_leads_on(
    client, make_city, status, has_draft, code
):
    city = make_city(status=status, slug="kutno", summary_pl="Miasto róż.")
    history.record([city], None, "")
    if has_draft:
        with drafts.kept_apart(city, None):
            city.slug, city.summary_pl = "nowe", "Szkic."
            city.save()
    url = f"/pl/podglad/{make_link(city.preview_links, None)}/"
    answer = client.get(url)
    assert answer.status_code == code
    headers = ("Cache-Control", "Referrer-Policy", "X-Robots-Tag")
    told = [answer.headers[name] for name in headers]
    assert told == ["private, no-store", "no-referrer", "noindex"]
    if code == 302:
        assert answer.headers["Location"] == "/pl/miasta/kutno/"
    else:
        assert ("Szkic." if has_draft else "Miasto róż.") in answer.text
        assert answer.context["preview_link"].page.pk == city.pk


def test_a_page_is_made_as_if_nothing_had_been_asked_but_it(rf, make_city, make_material):
    """What was sent with a form, or asked of it, is no question to the page."""
    city = make_city(status="draft", slug="kutno")
    request = rf.post("/admin/?journey=x", {"summary_pl": "A"})
    request.user, request.csp_nonce = None, ""
    with translation.override("pl"):
        answer = previews.as_it_is(city, request, "en", note="beside")
    asked = answer.context_data["view"].request
    assert (asked.method, asked.path, dict(asked.GET)) == ("GET", "/en/cities/kutno/", {})
    assert asked.resolver_match.view_name == "city"
    assert answer.context_data["note"] == "beside"
    assert answer.headers["Content-Language"] == "en"
    assert (request.method, request.path) == ("POST", "/admin/")
    material = make_material(status="draft", slug="plan", title_pl="Poradnik")
    assert "Poradnik" in previews.as_it_is(material, request, "pl").text
