import pytest
from django.conf import settings
from django.test import RequestFactory
from django.test.signals import template_rendered

from cities.views.styleguide import styleguide

INCLUDES = settings.BASE_DIR / "templates/includes"
ELSEWHERE = {  # what pages hold that is no component, or needs a record of the database
    *(
        "answered",
        "archive_finder",
        "archive_how",
        "archive_likeness",
        "archive_note",
        "archive_search",
        "archived_from",
        "breadcrumbs",
        "cities_found",
        "cluster_name",
        "finder_scripts",
        "inhabitants",
        "map_scripts",
        "more_found",
    ),
    *("outdated", "photos", "population", "practices_found", "filter_values"),
}


@pytest.mark.django_db
def test_the_styleguide_shows_every_component(client, django_assert_num_queries):
    shown = set()

    def note(template, **_):
        shown.add(template.name)

    template_rendered.connect(note)
    with django_assert_num_queries(0):
        assert styleguide(RequestFactory().get("/styleguide/")).status_code == 200
    template_rendered.disconnect(note)
    components = {path.stem for path in INCLUDES.glob("*.html")} - ELSEWHERE
    assert {name for name in components if f"includes/{name}.html" not in shown} == set()


def test_visitors_get_no_styleguide(client):
    assert not settings.DEBUG
    assert client.get("/styleguide/").status_code == 404
