import os
from contextlib import contextmanager

from playwright.sync_api import sync_playwright

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


@contextmanager
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser
        browser.close()


def go(page, url):
    """Go to a page; one with a map is ready when Leaflet has taken it over."""
    page.goto(url)
    if page.locator("[data-map]:not([data-waits])").count():
        page.locator("[data-map]").scroll_into_view_if_needed()
        page.wait_for_selector("[data-map=live]")
