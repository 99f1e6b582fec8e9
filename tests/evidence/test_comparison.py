from datetime import date

import pytest
from django.http import QueryDict
from django.utils import translation

from cities.evidence.comparison import Comparison, chosen, pairs_worth_comparing
from cities.evidence.conversion import in_other_words
from cities.models import FormerAddress
from cities.text.measures import Measure

pytestmark = pytest.mark.database
both_languages = pytest.mark.parametrize("language", ["pl", "en"])


def lines(*practices):
    """Return {measure: its figures and the length of their bars, by practice}."""
    return {
        line.label: [
            [(str(figure.indicator.figure), figure.share) for figure in told or []]
            for _column, told in line.cells
        ]
        for _key, _question, found in Comparison(chosen(asking(*practices))).questions()
        for line in found
        if line.kind == "figures"
    }


def asking(*practices):
    return QueryDict("&".join(f"p={practice.slug}" for practice in practices))


def test_practices_are_asked_for_by_addresses_that_they_had_before(make_practice):
    moved, other = make_practice(slug="dawny"), make_practice()
    moved.slug = "nowy"
    moved.save()
    assert chosen(QueryDict(f"p=dawny&p={other.slug}&p=nowy")) == [moved, other]


@pytest.mark.parametrize(("unknown", "is_found"), [(39, True), (40, False)])
def test_no_more_than_forty_addresses_are_looked_up(make_practice, unknown, is_found):
    practice = make_practice(slug="ostatnia")
    query = "&".join([*(f"p=nic-{n}" for n in range(unknown)), "p=ostatnia"])
    assert chosen(QueryDict(query)) == [practice] * is_found


def test_a_comparison_takes_as_many_as_asked_each_once(make_practice):
    made = [make_practice() for _ in range(3)]
    query = QueryDict("&".join(f"p={practice.slug}" for practice in [made[2], *made[::-1]]))
    assert chosen(query) == made[::-1]
    assert chosen(query, most=2) == made[:0:-1]


@pytest.mark.parametrize(
    ("kind", "fields"),
    [("city", {}), ("topic", {}), ("journey", {}), ("event", {"day": date(2020, 9, 9)})],
)
def test_a_former_address_of_something_else_leads_to_no_practice(request, kind, fields):
    record = request.getfixturevalue(f"make_{kind}")(slug="dawny", **fields)
    record.slug = "nowy"
    record.save()
    assert FormerAddress.objects.leading_on().get().record == record
    assert chosen(QueryDict("p=dawny")) == []


@pytest.fixture
def full(make_city, make_practice, make_indicator):
    """Make a practice that answers every question, in a town with a site."""
    practice = make_practice(
        city=make_city(population=9000, website="https://wzorowo.example/"),
        paid_eu=True,
        led_by_pl="Urząd",
        first_year=2010,
        lessons_pl="<p>Warto.</p>",
    )
    for fields in [
        {"measure": "grant", "about": "cost", "unit": "MEUR"},
        {"measure": "whole-cost", "about": "cost", "unit": "MEUR"},
        {"measure": "co2-avoided", "unit": "tCO2/year"},
        {"measure": "energy-use-fall", "unit": "percent"},
        {"measure": "cycle-route-length", "about": "scale", "value": 500, "unit": "m"},
        {"measure": ""},
    ]:
        make_indicator(practice=practice, **fields)
    return practice


def test_a_practice_that_tells_all_answers_every_question(full):
    questions = Comparison([full]).questions()
    assert [(key, [line.key for line in lines]) for key, _question, lines in questions] == [
        ("town", ["people"]),
        ("cost", ["whole-cost", "grant", "payers", "leader"]),
        ("result", ["energy-use-fall", "co2-avoided"]),
        ("scale", ["cycle-route-length"]),
        ("time", ["years"]),
        ("before", ["lessons"]),
        ("unknown", ["unknown"]),
        ("others", ["others"]),
    ]


def test_an_archive_puts_lines_together_in_the_order_of_the_site(full):
    """In an archive there is a page for each practice, whose lines say where they belong."""
    for _key, _question, lines in Comparison([full]).questions():
        order = [line.order for line in lines]
        assert order == sorted(set(order))


def test_a_practice_that_tells_nothing_leaves_all_questions_open(make_practice):
    silent = make_practice()
    told = [key for key, _question, lines in Comparison([silent]).questions() if lines]
    assert told == ["unknown"]
    ended = make_practice(last_year=2012)
    told = [key for key, _question, lines in Comparison([ended]).questions() if lines]
    assert told == ["time", "unknown"]


def test_each_line_tells_what_its_practice_does(full, make_practice, visit):
    other = make_practice()
    page = visit(f"/pl/porownaj/?p={full.slug}&p={other.slug}")
    told = page.texts("div", of="told")
    assert {"Urząd", "Warto."} <= set(told)
    notes = page.texts("small", inside="told")
    assert [note for note in notes if note[0] in "=≈"] == ["= 0,5 km"]


def test_what_more_practices_tell_stands_above_what_fewer_do(make_practice, make_indicator):
    one, other = make_practice(), make_practice()
    make_indicator(practice=one, measure="whole-cost", about="cost", unit="MEUR")
    make_indicator(practice=one, measure="yearly-cost", about="cost", unit="EUR/year")
    for practice in (one, other):
        make_indicator(practice=practice, measure="grant-share", about="cost", unit="percent")
    assert list(lines(one, other)) == [
        "Część kosztów pokryta z\xa0dotacji",
        "Koszt przedsięwzięcia lub etapu",
        "Roczny koszt prowadzenia",
    ]


def test_figures_of_one_measure_share_a_line_and_bars(make_practice, make_indicator):
    one, other = make_practice(), make_practice()
    make_indicator(practice=one, value=500, unit="m", measure="heat-network-length")
    make_indicator(practice=other, value=2, unit="km", measure="heat-network-length")
    make_indicator(practice=one, value=10, unit="km", measure="cycle-route-length")
    make_indicator(practice=other, value=20, unit="km")
    assert lines(one, other) == {
        "Długość sieci ciepłowniczej": [[("500\xa0m", 25.0)], [("2\xa0km", 100.0)]],
        "Długość trasy rowerowej": [[("10\xa0km", None)], []],
    }


@pytest.mark.parametrize(
    ("values", "shares"),
    [((1, 3), (33.3, 100.0)), ((-20, 10), (100.0, 50.0)), ((0, 0), (0.0, 0.0))],
)
def test_bars_are_as_long_as_figures_are_far_from_nought(
    make_practice, make_indicator, values, shares
):
    made = [make_practice(), make_practice()]
    for practice, value in zip(made, values, strict=True):
        make_indicator(practice=practice, value=value, measure="cycle-route-length")
    (found,) = lines(*made).values()
    assert tuple(share for ((_figure, share),) in found) == shares


def test_sums_of_money_share_a_line_without_bars(make_practice, make_indicator):
    one, other = make_practice(), make_practice()
    make_indicator(practice=one, value=5, unit="MPLN", measure="whole-cost", about="cost")
    make_indicator(practice=other, value=20000, unit="EUR", measure="whole-cost", about="cost")
    assert lines(one, other) == {
        "Koszt przedsięwzięcia lub etapu": [[("5\xa0mln zł", None)], [("20\xa0000\xa0euro", None)]]
    }


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("pl", "≈ co najmniej 0,956\xa0mln euro (średni kurs 2015 r., EBC)"),
        ("en", "≈ at least EUR\xa00.956\xa0million (average rate of 2015, ECB)"),
    ],
)
def test_money_is_told_in_euro_beside_its_own_currency(make_indicator, language, words):
    sum_of_money = {"value": 4, "unit": "MPLN", "measure": "grant", "qualifier": "min"}
    with translation.override(language):
        assert in_other_words(make_indicator(**sum_of_money, year=2015)) == words
        assert in_other_words(make_indicator(**sum_of_money)) == ""
        assert in_other_words(make_indicator(**sum_of_money, year=2026)) == ""


def test_an_amount_in_euro_keeps_range_and_loses_a_second_about(make_indicator):
    figure = make_indicator(
        value=4, value_to=5, unit="MPLN", measure="grant", qualifier="about", year=2015
    )
    assert in_other_words(figure) == "≈ 0,956–1,2\xa0mln euro (średni kurs 2015 r., EBC)"


def test_a_figure_in_another_unit_is_told_in_that_of_its_measure(make_indicator):
    figure = make_indicator(value=224629, unit="kWh/year", measure="renewable-electricity")
    assert in_other_words(figure) == "= 224,629\xa0MWh/rok"
    assert in_other_words(make_indicator(value=5, unit="km", measure="cycle-route-length")) == ""


@pytest.mark.parametrize(
    ("euro", "words"),
    [(26_828_890, "≈ 26,8\xa0mln euro"), (500_000, "= 0,5\xa0mln euro")],
)
def test_a_sum_of_many_digits_is_rounded_and_says_so(make_indicator, euro, words):
    figure = make_indicator(value=euro, unit="EUR", measure="whole-cost")
    assert in_other_words(figure) == words


def test_up_to_four_published_practices_are_compared_in_the_order_asked(make_practice):
    made = [make_practice() for _ in range(5)]
    draft = make_practice(status="draft")
    query = "&".join(f"p={p.slug}" for p in [draft, *reversed(made)])
    assert chosen(QueryDict(f"{query}&p=nowhere&p=%00")) == made[:0:-1]


def test_a_practice_is_compared_under_an_address_that_it_had_before(
    make_practice, django_assert_num_queries
):
    first, second = make_practice(slug="dawny"), make_practice(slug="drugi")
    hidden = make_practice(slug="ukryty")
    for practice, fields in [(first, {"slug": "nowy"}), (hidden, {"status": "draft"})]:
        for name, value in fields.items():
            setattr(practice, name, value)
        practice.save()
    assert chosen(QueryDict("p=drugi&p=dawny&p=ukryty&p=nowy")) == [second, first]
    with django_assert_num_queries(2):  # the practices and their figures
        assert chosen(QueryDict("p=drugi&p=nowy")) == [second, first]


@both_languages
@pytest.mark.parametrize("query", ["", "?p=nowhere", "?p=%00%ff", "?" + "p=x&" * 50])
def test_too_few_to_compare_says_where_to_choose(db, visit, reverse_in, language, query):
    page = visit(reverse_in(language, "compare") + query)
    assert reverse_in(language, "practices") in page.links()
    assert page.find("table") == []


@pytest.mark.parametrize(
    ("count", "invites", "takes_more"), [(1, True, False), (2, False, True), (4, False, False)]
)
def test_two_to_four_practices_are_compared(make_practice, visit, count, invites, takes_more):
    query = "&".join(f"p={make_practice().slug}" for _ in range(count))
    page = visit(f"/pl/porownaj/?{query}")
    assert bool(page.find("section", id="too-few")) is invites
    assert ("Dodaj kolejną praktykę" in page.texts("a")) is takes_more


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "pl",
            "Źródła nie podają: liczby mieszkańców miasta, kosztu całości, kto zapłacił, wyniku "
            "w\xa0liczbach, kiedy się zaczęło.",
        ),
        (
            "en",
            "The sources do not say: how many people live in the town, what the whole cost, who "
            "paid, a result in figures, when it began.",
        ),
    ],
)
def test_what_no_source_tells_is_said_once_a_practice(
    make_practice, make_city, make_indicator, visit, reverse_in, language, sentence
):
    told = make_practice(first_year=2010, paid_eu=True, city=make_city(population=9000))
    make_indicator(practice=told, value=3, unit="MEUR", measure="whole-cost", about="cost")
    make_indicator(practice=told, value=10, unit="km")
    untold = make_practice()
    page = visit(f"{reverse_in(language, 'compare')}?p={told.slug}&p={untold.slug}")
    assert [e.text for e in page.find("p", of="untold")] == [sentence]


@both_languages
def test_questions_stand_in_order_and_unanswered_ones_are_left_out(
    make_practice, make_indicator, visit, reverse_in, language
):
    one, other = make_practice(first_year=2010), make_practice(led_by_pl="Urząd")
    make_indicator(practice=one, value=3, unit="km", label_pl="Coś", label_en="Something")
    page = visit(f"{reverse_in(language, 'compare')}?p={one.slug}&p={other.slug}")
    questions = {
        "pl": "Ile kosztowało i\xa0kto zapłacił?|Jak długo?|Czego nie wiadomo i\xa0kogo zapytać"
        "|Pozostałe wskaźniki",
        "en": "What did it cost, and who paid?|How long?|What is not known, and whom to ask"
        "|Other figures",
    }[language]
    assert "|".join(e.text for e in page.find("h2", inside="question")) == questions
    nothing = {"pl": "brak danych–", "en": "nothing told–"}[language]
    assert page.texts("li", of="is-empty") == [nothing] * 3


def test_two_practices_of_one_town_are_told_apart(make_city, make_practice):
    city = make_city(name_pl="Weiz")
    one, other = make_practice(city=city), make_practice(city=city)
    third = make_practice(city=make_city(name_pl="Mank"))
    columns = Comparison([one, other, third]).columns
    assert [column.place for column in columns] == [one.title, other.title, "Mank"]


@both_languages
def test_the_empty_page_invites_to_pairs_that_tell_the_same(
    make_practice, make_topic, make_indicator, visit, reverse_in, language
):
    weak, one, other, draft, elsewhere = (make_practice() for _ in range(5))
    make_topic(weak, one, other, draft)
    for practice in (one, other, draft, elsewhere):
        make_indicator(practice=practice, unit="tCO2/year", measure="co2-avoided")
    for practice in (weak, one, other):
        make_indicator(practice=practice, measure="cycle-route-length")
    draft.status = "draft"
    draft.save()
    compare = reverse_in(language, "compare")
    page = visit(compare)
    (link,) = [link for link in page.links() if "p=" in link]
    assert link == f"{compare}?p={one.slug}&p={other.slug}"
    measures = {"pl": "Obie podają: Uniknięta emisja CO₂ · Długość trasy rowerowej"}
    measures["en"] = "Both tell: CO₂ emissions avoided · Length of the cycle route"
    assert page.texts("small", inside="pairs") == [measures[language]]


@pytest.fixture
def make_telling(make_practice, make_topic, make_indicator):
    """Make practices on one topic that tell these measures."""

    def make(*told, city=None):
        made = [make_practice(**{"city": city} if city else {}) for _ in told]
        for practice, measures in zip(made, told, strict=True):
            for measure in measures.split():
                unit = Measure(measure).unit
                make_indicator(practice=practice, measure=measure, unit=unit)
        make_topic(*made)
        return made

    return make


def test_pairs_that_tell_most_of_the_same_come_first_what_is_large_counts_half(
    make_telling, make_city
):
    scale = make_telling(
        "cycle-route-length solar-area green-area co2-avoided",
        "cycle-route-length solar-area green-area whole-cost",
    )
    make_telling("co2-avoided", "whole-cost")
    make_telling("co2-avoided whole-cost", "co2-avoided whole-cost", city=make_city())
    results = make_telling("whole-cost co2-avoided", "co2-avoided whole-cost")
    small = make_telling("area-covered green-area", "green-area area-covered")
    grants = make_telling("grant", "grant")
    assert pairs_worth_comparing() == [
        (*results, [Measure.WHOLE_COST, Measure.CO2_AVOIDED]),
        (*scale, [Measure.SOLAR_AREA, Measure.CYCLE_ROUTE_LENGTH, Measure.GREEN_AREA]),
        (*small, [Measure.AREA_COVERED, Measure.GREEN_AREA]),
        (*grants, [Measure.GRANT]),
    ]


def test_four_pairs_are_shown_and_no_practice_stands_in_two(make_telling):
    _more, first, second, _fewer = make_telling(
        "grant solar-area green-area", "grant co2-avoided", "grant co2-avoided", "co2-avoided"
    )
    pairs = [make_telling("grant", "grant") for _ in range(4)]
    shown = [(one, other) for one, other, _measures in pairs_worth_comparing()]
    assert shown == [(first, second), *map(tuple, pairs[:3])]


def test_pairs_are_sought_among_those_that_tell_most(monkeypatch, make_telling, make_indicator):
    monkeypatch.setattr("cities.evidence.comparison.PAIRS_AMONG", 2)
    few = make_telling("grant", "grant")
    for practice in few:
        for _ in range(3):
            make_indicator(practice=practice, measure="grant", unit="MEUR")
            make_indicator(practice=practice)
    many = make_telling("grant co2-avoided", "grant co2-avoided")
    assert [pair[:2] for pair in pairs_worth_comparing()] == [tuple(many)]


@pytest.mark.parametrize("count", [2, 4])
def test_a_comparison_costs_the_same_queries(
    client, make_practice, make_indicator, reverse_in, django_assert_num_queries, count
):
    made = [make_practice() for _ in range(count)]
    for practice in made:
        make_indicator(practice=practice, measure="cycle-route-length")
    query = "&".join(f"p={practice.slug}" for practice in made)
    with django_assert_num_queries(2):
        client.get(f"{reverse_in('pl', 'compare')}?{query}")
