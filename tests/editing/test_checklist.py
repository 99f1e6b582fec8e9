"""The checklist: what each rule finds, where staff see it, and that it keeps up with changes."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from cities.models import CheckedLink, City, Finding, Practice, Rule, Source, Status
from cities.templatetags.to_do import to_do

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TODAY = timezone.localdate()
OFFICE = {"office_pl": "Urząd", "office_en": "Office", "telephone": "+48 22 123 45 67"}
LONG = "słowo " * 30 + "słowo."


def found(page):
    """Return the rules that find something on a page, each with its column and detail."""
    return [(f.rule, f.column, f.detail) for f in page.findings.all()]


@pytest.fixture
def sound(make_practice, make_indicator, make_topic):
    """Make a practice in which nothing is to be found."""
    practice = make_practice(description_pl="<h3>Plan</h3><h4>Etap</h4><p>Zdanie.</p>")
    make_topic(practice)
    practice.description_en = practice.description_pl
    practice.save()
    practice.sources.create(title="PNEC", url="https://example.org/raport")
    make_indicator(
        practice=practice, label_pl="Flota", unit="count", counted_pl="aut", counted_en="cars"
    )
    assert found(practice) == []
    return practice


@pytest.mark.parametrize(
    ("fault", "finding"),
    [
        ({"summary_en": ""}, (Rule.TRANSLATION, "practice.summary_en", "")),
        ({"description_pl": ""}, (Rule.TRANSLATION, "practice.description_pl", "")),
        ({"summary_pl": LONG}, (Rule.SENTENCE, "practice.summary_pl", "słowo " * 7 + "słowo…")),
        (
            {"description_en": "<p>A.</p><h4>Stage</h4>"},
            (Rule.HEADING, "practice.description_en", "Stage"),
        ),
        (
            {"description_pl": '<p>Plan jest <a href="https://example.org/">tutaj</a>.</p>'},
            (Rule.LINK_TEXT, "practice.description_pl", "tutaj"),
        ),
        (
            {"description_en": '<p>Read it <a href="https://example.org/"><em>Here</em></a>.</p>'},
            (Rule.LINK_TEXT, "practice.description_en", "Here"),
        ),
    ],
)
def test_fault_in_a_text_is_found_where_it_was_planted(sound, fault, finding):
    for column, text in fault.items():
        setattr(sound, column, text)
    sound.is_small_change = True
    sound.save()
    assert found(sound) == [finding]


@pytest.mark.parametrize(
    ("place", "detail"),
    [
        ((52.2, 20.9), None),
        ((20.9, 52.2), "20.90000, 52.20000"),
        ((-84.99, 179.99), "-84.99000, 179.99000"),
    ],
)
def test_position_in_another_place_than_the_country_is_found(make_city, place, detail):
    city = make_city(latitude=place[0], longitude=place[1])
    told = [] if detail is None else [(Rule.POSITION, "city.latitude", detail)]
    assert [finding for finding in found(city) if finding[0] == Rule.POSITION] == told


@pytest.mark.parametrize(
    ("told", "finding"),
    [
        ({}, (Rule.OFFICE, "office_pl")),
        ({"office_pl": "Urząd", "office_en": "Office"}, (Rule.ADDRESS, "email")),
        (OFFICE, (Rule.UNCHECKED, "contact_checked_on")),
        (OFFICE | {"contact_checked_on": TODAY - timedelta(800)}, (Rule.UNCHECKED, "checked_on")),
        (OFFICE | {"contact_checked_on": TODAY - timedelta(700)}, None),
    ],
    ids=["no office", "no address", "never checked", "checked long ago", "checked"],
)
def test_staff_are_asked_for_an_office_and_whether_its_address_is_still_true(
    make_city, make_country, told, finding
):
    country = make_country(**told)
    for page in (make_city(**told), country):
        page.save()
        of_office = {Rule.OFFICE, Rule.ADDRESS, Rule.UNCHECKED}
        asked = [(f.rule, f.column) for f in page.findings.all() if f.rule in of_office]
        assert len(asked) == (1 if finding else 0)
        for rule, column in asked:
            assert rule == finding[0]
            assert column.startswith(page._meta.model_name)
            assert column.endswith(finding[1])


def test_translation_is_outdated_until_somebody_has_looked_at_it(sound):
    sound.summary_pl = "Nowe zdanie."
    sound.save()
    indicator = sound.indicators.get()
    indicator.label_pl = "Cała flota"
    indicator.save()
    outdated = [
        (Rule.OUTDATED, "practice.summary_en", ""),
        (Rule.OUTDATED, "indicator.label_en", str(indicator)),
    ]
    assert found(sound) == outdated
    sound.is_small_change = True
    sound.save()
    assert found(sound) == outdated[1:]


def test_two_sentences_of_thirty_words_are_not_too_long(sound):
    sound.summary_pl = ("Słowo " * 27 + "(por. 3,5 km). ") * 2
    sound.is_small_change = True
    sound.save()
    assert found(sound) == []


def test_faults_in_the_parts_of_a_page_are_found_on_it(sound, make_photo):
    sound.sources.all()[0].delete()
    sound.chosen_topics.get().delete()
    indicator = sound.indicators.get()
    indicator.counted_en = ""
    indicator.save()
    photo = make_photo(practice=sound)
    photo.alt_en = ""
    photo.save()
    make_photo(practice=sound, decorative=True, alt_pl="", alt_en="")
    assert found(sound) == [
        (Rule.SOURCE, "", ""),
        (Rule.TOPIC, "", ""),
        (Rule.FIGURE, "indicator.counted_en", str(indicator)),
        (Rule.PHOTO, "photo.alt_en", str(photo)),
    ]
    assert str(sound.findings.last()) == (f"zdjęcie bez opisu: tekst alternatywny [en]: {photo}")


def test_link_is_dead_after_two_visits_in_vain(sound):
    url = sound.sources.get().url
    faults = iter(["404", "404", ""])

    def visit():
        call_command("check_links", fault_of=lambda url: next(faults), pause=0, verbosity=0)
        return found(sound)

    assert visit() == []
    assert visit() == [(Rule.LINK, "", url)]
    assert visit() == []


def test_a_link_longer_than_anybody_answers_is_not_asked(sound):
    letters = "".join(f"{n:x}" for n in range(4_000))[:9_000]
    sound.description_pl = f'<p><a href="https://example.org/{letters}">Raport</a></p>'
    sound.save()
    asked = []
    call_command("check_links", fault_of=lambda url: asked.append(url) or "", pause=0)
    assert asked == ["https://example.org/raport"]


def test_links_that_stand_nowhere_any_more_are_forgotten(sound):
    asked = []
    for _night in range(2):
        call_command("check_links", fault_of=lambda url: asked.append(url) or "", pause=0)
        sound.sources.update(url="https://example.org/nowy")
    assert asked == ["https://example.org/raport", "https://example.org/nowy"]
    assert [link.url for link in CheckedLink.objects.all()] == asked[1:]


def test_deleting_a_page_takes_its_findings_along(make_city):
    city = make_city()
    Source.objects.create(city=city, title="PNEC")
    city.findings.create(rule=Rule.SOURCE)
    city.delete()
    assert not Finding.objects.filter(country=None).exists()


def test_form_and_report_tell_what_was_found(admin_client, sound):
    sound.summary_en = ""
    sound.save()
    told = "brak tłumaczenia: streszczenie [en]"
    response = admin_client.get(f"/admin/cities/practice/{sound.pk}/change/")
    assert f"<li>{told}</li>" in response.text
    report = admin_client.get("/admin/cities/finding/", {"rule__exact": Rule.TRANSLATION})
    assert f'<a href="/admin/cities/practice/{sound.pk}/change/">{sound}</a>' in report.text
    assert "brak tłumaczenia" in report.text


def test_front_page_is_the_list_of_what_is_waiting(
    admin_client, admin_user, make_city, make_practice, django_assert_max_num_queries
):
    Finding.objects.all().delete()
    cities = [make_city(status="review", review_by="2026-01-01") for _n in range(4)]
    make_practice(city=cities[0])
    told = to_do(admin_user)
    every = [*told["waiting"], *told["tasks"]]
    tasks = {task.label: (task.count, len(task.pages)) for task in every}
    assert tasks == {
        "Miasta: czekają na sprawdzenie": (4, 3),
        "Miasta: minął termin przeglądu": (4, 3),
        "Brak źródła": (5, 3),
        "Brak zagadnienia": (1, 1),
        "Nie wskazano, kogo zapytać": (5, 3),
    }
    with django_assert_max_num_queries(21):
        response = admin_client.get("/admin/")
    assert response.context["app_list"][0]["app_label"] == "cities"
    for task in every:
        assert admin_client.get(task.url).context["cl"].result_count == task.count
        assert str(task.count) in response.text
    assert City.objects.filter(status=Status.REVIEW).count() == 4
    assert Practice.objects.count() == 1


def test_editors_are_told_of_their_own_countries_only(make_city, make_editor, log_in):
    Finding.objects.all().delete()
    own = make_city("pl", status="review")
    foreign = make_city("de", status="review", latitude=50, longitude=10)
    Finding.objects.filter(rule=Rule.OFFICE).delete()
    editor, publisher = make_editor(), make_editor("publisher")
    tasks = [(task.label, task.count, task.pages[0]["name"]) for task in to_do(editor)["tasks"]]
    assert tasks == [("Brak źródła", 1, str(own))]
    told = to_do(publisher)
    assert [task.count for task in [*told["waiting"], *told["tasks"]]] == [2, 2]
    report = log_in(editor).get("/admin/cities/finding/")
    assert [finding.city for finding in report.context["cl"].result_list] == [own]
    report = log_in(publisher).get("/admin/cities/finding/")
    assert {finding.city for finding in report.context["cl"].result_list} == {own, foreign}
