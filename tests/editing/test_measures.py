"""What a figure measures, who led and who paid: in forms, tables and files."""

import csv
from io import StringIO

import pytest
from editing import address, edit

from cities.editing import history, restoring
from cities.importing.resources import IndicatorResource, PracticeResource
from cities.importing.table_files import tabulated
from cities.models import Indicator, Payer

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def table(*lines):
    return tabulated(enumerate((line.split(",") for line in lines), 1))


@pytest.fixture
def practice(make_practice):
    return make_practice(slug="siec")


def test_a_figure_knows_its_value_in_the_unit_of_its_measure(make_indicator):
    figure = make_indicator(value=1150, unit="m", measure="heat-network-length")
    assert figure.canonical == 1.15
    figure.unit, figure.value = "km", 4
    figure.save()
    assert Indicator.objects.get().canonical == 4
    figure.measure = ""
    figure.save()
    assert Indicator.objects.get().canonical is None


def test_a_measure_takes_no_unit_of_another_kind(desk, practice, make_indicator):
    type(practice).objects.update(status="draft")  # of what is published it would be a draft apart
    figure = make_indicator(practice=practice, unit="km")
    history.record([practice], None, "")
    answer = edit(desk, practice, **{"indicators-0-measure": "co2-avoided"})
    assert "Jednostka nie pasuje do tego, co się mierzy; możliwe są: t CO₂/rok" in answer.text
    figure.refresh_from_db()
    assert figure.measure == ""
    assert edit(desk, practice, **{"indicators-0-measure": "cycle-route-length"}).status_code == 302
    figure.refresh_from_db()
    assert (figure.measure, figure.canonical) == ("cycle-route-length", 10)


def test_the_form_tells_which_units_fit_a_measure(desk, practice, make_indicator):
    make_indicator(practice=practice)
    form = desk.get(address("practice", "change", practice.pk))
    assert "&quot;heat-network-length&quot;: [&quot;km&quot;, &quot;m&quot;]" in form.text


def test_payers_are_ticked_and_come_back_with_a_revision(desk, editor, practice):
    type(practice).objects.update(status="draft")  # of what is published it would be a draft apart
    history.record([practice], None, "")
    before = history.versions(practice)[0]
    edit(desk, practice, paid_eu="on", paid_own="on", led_by_pl="Urząd", payers_in_part="on")
    practice.refresh_from_db()
    assert practice.payers == [Payer.OWN, Payer.EU]
    assert (practice.led_by_pl, practice.payers_in_part) == ("Urząd", True)
    restoring.restore(practice, before, editor)
    practice.refresh_from_db()
    assert (practice.payers, practice.led_by_pl, practice.payers_in_part) == ([], "", False)


def test_a_table_names_measures_and_payers_by_their_keys(practice, make_indicator):
    make_indicator(practice=practice, label_pl="Sieć", unit="m", value=500)
    told = table("slug,payers,payers_in_part", "siec,EU | own,1")
    assert list(PracticeResource().import_data(told).faults()) == []
    told = table("practice,label_pl,measure", "siec,Sieć,heat-network-length")
    assert list(IndicatorResource().import_data(told).faults()) == []
    practice.refresh_from_db()
    assert practice.payers == [Payer.OWN, Payer.EU]
    assert practice.indicators.get().canonical == 0.5
    assert PracticeResource().export()["payers"] == ["own|eu"]


@pytest.mark.parametrize(
    ("resource", "lines", "column"),
    [
        (PracticeResource, ["slug,payers", "siec,own|bank"], "payers"),
        (IndicatorResource, ["practice,label_pl,measure", "siec,Sieć,heat"], "measure"),
    ],
)
def test_a_table_with_an_unknown_key_says_where(practice, make_indicator, resource, lines, column):
    make_indicator(practice=practice, label_pl="Sieć")
    result = resource().import_data(table(*lines))
    assert [(line, name) for line, name, _reason in result.faults()] == [(2, column)]


@pytest.mark.parametrize(("language", "led"), [("pl", "Urząd"), ("en", "Office")])
def test_open_data_tell_measures_and_payers(
    client, practice, make_indicator, reverse_in, language, led
):
    practice.led_by_pl, practice.led_by_en, practice.payers = "Urząd", "Office", ["own", "eea"]
    practice.save()
    make_indicator(practice=practice, unit="m", value=500, measure="heat-network-length")
    make_indicator(practice=practice, unit="MPLN", value=3, measure="grant")
    make_indicator(practice=practice)

    def rows(name, **kwargs):
        text = client.get(reverse_in(language, name, **kwargs)).text
        return list(csv.DictReader(StringIO(text.removeprefix("\ufeff"))))

    (told,) = rows("data_file", file="good-practices.csv")
    assert (told["led_by"], told["payers"], told["payers_in_part"]) == (led, "own|eea", "False")
    figures = [
        (row["measure"], row["canonical"], row["canonical_unit"])
        for row in rows("data_file", file="indicators.csv")
    ]
    expected = [("heat-network-length", "0.5", "km"), ("grant", "", "MEUR"), ("", "", "")]
    assert figures == expected


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("pl", ["Prowadzi", "Urząd", "Kto zapłacił", "między innymi: państwo i mieszkańcy"]),
        ("en", ["Led by", "Office", "Paid by", "among others the state and residents"]),
    ],
)
def test_a_practice_says_who_led_it_and_who_paid(visit, practice, reverse_in, language, words):
    url = reverse_in(language, "practice", slug="siec")
    assert words[2] not in visit(url).html
    practice.led_by_pl, practice.led_by_en = "Urząd", "Office"
    practice.payers, practice.payers_in_part = [Payer.STATE, Payer.RESIDENTS], True
    practice.save()
    text = " ".join(visit(url).html.split())
    assert [word for word in words if word not in text] == []
