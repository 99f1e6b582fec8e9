"""The archive, opened from a disk: a walk in Firefox, and axe on the kinds of its pages."""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from . import firefox
from .accessibility import violations
from .browser import chromium, go
from .table import left_out, none_of

KINDS = ["home", "cities", "city", "practices", "practices, no answer", "practice", "journey"]
KINDS += ["compare", "file", "search, found", "data", "widget"]
SEEN = "document.querySelectorAll({!r}).length"
CLICK = "document.querySelector({!r}).click()"
# From a list: what to do or where to go, and what is to be seen then.
WALK = {
    "list": ("pl/dobre-praktyki/index.html", SEEN.format("#apply-count:not(:empty)")),
    "filter": (CLICK.format("[name=theme][value=energy]"), SEEN.format(".card[hidden]")),
    "search": ("pl/dobre-praktyki/index.html?q=rower", SEEN.format(".card mark")),
    "ticks": (
        "document.querySelectorAll('.card [name=p]').forEach((tick, n) => n < 2 && tick.click())",
        "document.querySelector('#file span').textContent === '2'",
    ),
    "comparison": (CLICK.format("#compare"), SEEN.format(".comparison.of-2")),
    "file": (CLICK.format("#file"), SEEN.format("#file-sheets > article") + " === 2"),
    "journeys": ("pl/podroze/index.html", SEEN.format("main h3 a")),
    "journey": (CLICK.format("main h3 a"), SEEN.format("main a[href*='/journey-']")),
    "stop": (CLICK.format("main a[href*='/journey-']"), SEEN.format(".walk")),
    "map": ("pl/miasta/index.html?theme=energy#map=5/50/10", SEEN.format("[data-map=live] .pin")),
    "land": ("null", SEEN.format(".map-base use[href='#base-PL']")),
}


def check(site, pages, typical):
    with TemporaryDirectory() as folder:
        command = [sys.executable, "manage.py", "export_archive", folder]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
        results = [walk(Path(folder)), axe(Path(folder), typical)]
    return [row for row, _ in results], [found for _, findings in results for found in findings]


def walk(folder):
    name = f"{len(WALK)} steps from a disk in Firefox: without answer"
    if not firefox.is_here:
        return left_out(name, "firefox"), []
    findings = []
    with firefox.firefox() as page:
        for step, (deed, seen) in WALK.items():
            if "index.html" in deed:
                page.go(f"{folder.as_uri()}/{deed}")
            else:
                page.run(deed)
            if not page.until(seen):
                findings.append(f"Firefox, from a disk: {step}: not seen: {seen}")
    return none_of(name, findings), findings


def axe(folder, typical):
    paths = [seen.path for seen in typical if seen.type in KINDS and seen.language == "en"]
    findings = []
    with chromium() as browser:
        phone = {"width": 320, "height": 800}
        page = browser.new_context(bypass_csp=True, viewport=phone).new_page()
        for path in paths:
            start, mark, query = path.partition("?")
            go(page, f"{folder.as_uri()}{start}index.html{mark}{query}")
            page.wait_for_load_state("networkidle")
            findings += [f"axe, archive: {path}: {found}" for found in violations(page)]
    name = f"axe: violations on {len(paths)} archived pages × 2 schemes"
    return none_of(name, findings), findings
