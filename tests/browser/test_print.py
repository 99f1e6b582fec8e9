"""What a mayor prints: a profile or a practice on A4."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

LONGEST = [("city", "bydgoszcz"), ("practice", "tramwaj-do-fordonu")]
A4 = 595, 842  # points


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize(("name", "slug"), LONGEST)
def test_profile_and_practice_fill_two_pages_at_most(page, reverse_in, language, name, slug):
    address = reverse_in(language, name, slug=slug)
    page.goto(address)
    pdf = page.pdf(prefer_css_page_size=True)
    sheets = re.findall(rb"/Type /Page\b.*?/MediaBox \[([^\]]*)\]", pdf, re.DOTALL)
    assert 1 <= len(sheets) <= 2
    for sheet in sheets:
        assert tuple(round(float(number)) for number in sheet.split()[2:]) == A4

    page.emulate_media(media="print", color_scheme="dark")
    paper = page.locator("body").evaluate("(body) => getComputedStyle(body).backgroundColor")
    assert paper == "rgb(255, 255, 255)"
    for kept in (".map-frame", ".facts dl", ".site-footer p >> nth=1"):
        expect(page.locator(kept)).to_be_visible()
    expect(page.locator(".only-in-print")).to_have_text(re.compile(f"{address}$"))
    for left_out in (".site-nav", ".breadcrumbs", ".site-footer nav"):
        expect(page.locator(left_out)).to_be_hidden()
    links = page.locator(".sources a").evaluate_all(
        "(all) => all.map((a) => [a.href, getComputedStyle(a, '::after').content])"
    )
    assert links
    assert all(url in printed for url, printed in links)
