"""axe over every type of page and every state of the map, at three widths, in both schemes."""

from axe_playwright_python.base import AXE_SCRIPT

from .browser import chromium, go
from .table import none_of

WIDTHS = 320, 768, 1280
OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},  # off by default
    "resultTypes": ["violations"],
}


def violations(page, part="html", **more):
    """Yield what axe, given more options, finds in a part of a page: rule, scheme and reason."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        answer = page.evaluate("(given) => axe.run(...given)", [part, OPTIONS | more])
        for rule in answer["violations"]:
            for node in rule["nodes"]:
                reason = " ".join(node["failureSummary"].split())
                yield f"{rule['id']} ({scheme}): {node['html'][:200]} {reason}"


def pages(site, pages, typical):
    findings, wide = [], []
    with chromium() as browser:
        page = browser.new_context(bypass_csp=True).new_page()
        for seen in typical:
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 800})
                go(page, site + seen.path)
                findings += [f"axe: {seen.path} at {width}: {found}" for found in violations(page)]
                if page.evaluate("() => document.scrollingElement.scrollWidth") > width:
                    wide.append(f"scrolls sideways: {seen.path} at {width}")
    name = f"axe: violations on {len(typical)} pages × {len(WIDTHS)} widths × 2 schemes"
    return [none_of(name, findings), none_of("scrolls sideways", wide)], findings + wide


def map_states(site, pages, typical):
    findings = []
    path = next(page.path for page in typical if page.type == "cities")
    with chromium() as browser:
        for width in WIDTHS:
            viewport = {"width": width, "height": 800}
            for name, enter in STATES.items():
                touch = name == "to explore"
                context = browser.new_context(
                    viewport=viewport, has_touch=touch, is_mobile=touch, bypass_csp=True
                )
                page = context.new_page()
                enter(page, site + path)
                findings += [f"axe: {name} at {width}: {found}" for found in violations(page)]
                context.close()
    name = f"axe: violations in {len(STATES)} states of the map × {len(WIDTHS)} widths × 2 schemes"
    return [none_of(name, findings)], findings


def drawn_by_the_server(page, url):
    page.route("**/map*.js", lambda route: route.fulfill(content_type="text/javascript"))
    page.goto(url)


def to_explore(page, url):
    page.goto(url)
    page.wait_for_selector("[data-map] button")


def zoomed(page, url):
    go(page, url)
    page.locator(".map-buttons button").first.click()


def focused(page, url):
    go(page, url)
    page.locator("a.pin").first.focus()


def filtered(page, url):
    go(page, url)
    page.locator("#more-filters > summary").click()
    page.locator("[name=theme][value=energy]").check()


def without_answer(page, url):
    filtered(page, url)
    page.locator("[name=role]").select_option("committed")
    page.wait_for_selector(".no-answer")


STATES = {
    "drawn by the server": drawn_by_the_server,
    "to explore": to_explore,
    "zoomed": zoomed,
    "focused": focused,
    "filtered": filtered,
    "without answer": without_answer,
}
