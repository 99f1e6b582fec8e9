"""Journeys: a numbered line through Europe, and a bar that tells where on it one is."""

import pytest
from django.utils import translation

from cities.models import City

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def journey(make_journey, make_city, make_practice):
    """Make a journey of four stops, two of them in one town."""
    heat = make_practice(title_pl="Ciepło", city=make_city(name_pl="Piec", name_en="Oven"))
    light = make_practice(title_pl="Światło", city=heat.city)
    rail = make_practice(title_pl="Tory", city=make_city("at", name_pl="Stacja", name_en="Station"))
    town = make_city("de", name_pl="Kres", name_en="End", role="committed")
    return make_journey(heat, light, rail, town, slug="proba", title_pl="Próba", title_en="Trial")


def on_the_way(journey):
    return [stop.get_absolute_url() for stop in journey.stops.all()]


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("pl", ["Piec Polska", "Piec Polska", "Stacja Polska", "Kres Polska"]),
        ("en", ["Oven Poland", "Oven Poland", "Station Poland", "End Poland"]),
    ],
)
def test_a_journey_tells_its_stops_in_their_order(visit, reverse_in, journey, language, names):
    page = visit(reverse_in(language, "journey", slug="proba"))
    assert page.texts("h2", inside="stops") == names
    with translation.override(language):
        assert page.links(inside="stops") == on_the_way(journey)
        assert page.links(inside="map-pins") == ["#stop-1", "#stop-2", "#stop-3", "#stop-4"]


def test_what_visitors_do_not_see_is_no_stop_and_the_others_are_numbered_anew(visit, journey):
    City.objects.filter(name_pl="Stacja").update(status="draft")
    page = visit(journey.get_absolute_url())
    assert page.texts("h2", inside="stops") == ["Piec Polska", "Piec Polska", "Kres Polska"]
    assert page.links(inside="map-pins") == ["#stop-1", "#stop-2", "#stop-3"]
    assert "3 przystanki" in page.texts("p", inside="journey")[0]


def test_a_draft_journey_is_hidden(visit, journey):
    first = on_the_way(journey)[0]
    assert visit(first).links(inside="walk")
    type(journey).objects.update(status="draft")
    visit(journey.get_absolute_url(), status=404)
    assert not visit(first).links(inside="walk")
    assert journey.get_absolute_url() not in visit("/pl/podroze/").links()


@pytest.mark.parametrize(
    ("number", "told"), [(1, "przystanek 1 z 4"), (2, "przystanek 2 z 4"), (4, "przystanek 4 z 4")]
)
def test_the_page_of_a_stop_leads_on_and_back(visit, journey, number, told):
    way = on_the_way(journey)
    page = visit(way[number - 1])
    back = way[number - 2 : number - 1]
    onward = way[number : number + 1] or ["/pl/podroze/"]
    here = f"{journey.get_absolute_url()}#stop-{number}"
    assert page.links(inside="walk") == [*back, here, *onward]
    assert told in page.texts("p", inside="walk")[0]
    assert page.links(inside="next-stop") == onward


def test_who_looks_around_at_a_stop_is_still_on_the_way(visit, journey):
    stop = journey.stops.all()[2]
    town = visit(f"{stop.place.get_absolute_url()}?journey=proba")
    assert "przystanek 3 z 4" in town.texts("p", inside="walk")[0]


@pytest.mark.parametrize("query", ["journey=nic", "journey=", "journey=%00", "journey=a&journey=b"])
def test_a_journey_that_is_none_leaves_the_page_as_it_is(visit, deed, query):
    address = deed.get_absolute_url()
    pages = [visit(asked) for asked in (f"{address}?{query}", address)]
    assert pages[0].links(inside="profile") == pages[1].links(inside="profile")
    assert not pages[0].links(inside="walk")


def test_a_page_keeps_its_own_address_on_a_journey(visit, journey):
    stop = journey.stops.all()[0]
    assert f'rel="canonical" href="http://127.0.0.1:8000{stop.record.get_absolute_url()}"' in (
        visit(stop.get_absolute_url()).html
    )


def test_a_page_on_a_journey_is_kept_beside_the_page_itself(worker, deed):
    address = deed.get_absolute_url()
    alone, walking = worker.get(address), worker.get(f"{address}?journey=droga")
    assert ['class="walk"' in page.text for page in (alone, walking)] == [False, True]
    again = [worker.get(address), worker.get(f"{address}?journey=droga")]
    assert [page.text for page in again] == [alone.text, walking.text]


@pytest.mark.parametrize("count", [1, 4])
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("own_version")
def test_pages_of_journeys_ask_as_much_for_many_stops_as_for_one(
    client, make_journey, make_practice, make_indicator, django_assert_max_num_queries, count
):
    practices = [make_indicator(headline=True).practice for _ in range(count)]
    journey = make_journey(*practices, slug="proba")
    for address in ("/pl/podroze/", journey.get_absolute_url(), on_the_way(journey)[0]):
        client.get(address)  # reads what is kept until the next change
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200
