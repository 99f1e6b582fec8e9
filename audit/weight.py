"""What a first visit costs: bytes over the wire, requests to others, what is left behind."""

from urllib.parse import urlsplit

from .browser import chromium
from .table import Row, none_of

PHONE = {"viewport": {"width": 412, "height": 823}, "has_touch": True, "is_mobile": True}
BUDGETS = {  # kB of 1,000 bytes, cold cache, compressed; transfer counts headers too
    "transfer of map pages before Leaflet": 120,
    "transfer of map pages with Leaflet": 200,
    "transfer of other pages": 120,
    "JavaScript of map pages": 60,
    "JavaScript of other pages": 5,
    "CSS": 15,
}

BODIES = """() => performance.getEntriesByType("resource")
    .map(({ name, encodedBodySize }) => [name, encodedBodySize])"""


def check(site, pages, typical):
    heaviest = dict.fromkeys(BUDGETS, (0, ""))
    strangers, left = [], []

    def note(name, size, seen):
        heaviest[name] = max(heaviest[name], (size / 1000, seen.path))

    with chromium() as browser:
        for seen in typical:
            context = browser.new_context(**PHONE)
            page = context.new_page()
            traffic = Traffic(context, page)
            page.goto(site + seen.path, wait_until="networkidle")
            kind = "other pages"
            if page.locator("[data-map]").count():
                kind = "map pages"
                note("transfer of map pages before Leaflet", traffic.bytes, seen)
                page.locator("[data-map] button").click()
                page.wait_for_selector("[data-map=live]")
                page.wait_for_load_state("networkidle")
                note("transfer of map pages with Leaflet", traffic.bytes, seen)
            else:
                note("transfer of other pages", traffic.bytes, seen)
            bodies = page.evaluate(BODIES)
            note(f"JavaScript of {kind}", sum_of(".js", bodies), seen)
            note("CSS", sum_of(".css", bodies), seen)
            own = urlsplit(site).netloc
            others = [url for url in traffic.urls if urlsplit(url).netloc not in ("", own)]
            strangers += [f"request: {seen.path} asks {url}" for url in others]
            left += [f"cookie: {seen.path} sets {cookie['name']}" for cookie in context.cookies()]
            if page.evaluate("() => localStorage.length + sessionStorage.length"):
                left.append(f"stored: {seen.path} leaves something in the browser")
            context.close()
    rows = [
        Row(f"{name}, kB", budget, f"{size:.1f} {path}", size <= budget)
        for (name, budget), (size, path) in zip(BUDGETS.items(), heaviest.values(), strict=True)
    ]
    rows += [none_of("requests to other hosts", strangers), none_of("cookies and the like", left)]
    return rows, strangers + left


def sum_of(ending, bodies):
    return sum(size for url, size in bodies if url.endswith(ending))


class Traffic:
    """What a page asks for, and the bytes of it that come over the wire."""

    def __init__(self, context, page):
        self.bytes, self.urls = 0, []
        session = context.new_cdp_session(page)
        page.on("request", lambda request: self.urls.append(request.url))
        session.on("Network.loadingFinished", self._note_size)
        session.send("Network.enable")

    def _note_size(self, event):
        self.bytes += event["encodedDataLength"]
