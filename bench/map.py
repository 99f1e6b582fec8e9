"""Measure the pages with a map in Chromium, at 37 and at 10,000 cities, and print a table.

    .venv/bin/python bench/map.py [CITIES …]

Slow 4G is 1.6 Mbit/s and 150 ms; times at “4×” are taken with the processor slowed down
fourfold. Each time is the median of several; on a busy machine compare rows, not runs.
"""

import gzip
import statistics
import sys
import time
from urllib.error import HTTPError
from urllib.request import urlopen

from playwright.sync_api import sync_playwright
from server import ROOT, serving, site_of

PROGRAMME = 37  # cities of the real programme; any other number is invented
TIMES = 5
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
SLOW_4G = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 200_000,
    "uploadThroughput": 90_000,
}
ODD_QUERIES = {
    "q of 5,000 letters": "q=" + "%C5%82" * 1365,
    "q of eight common words": "q=a+b+c+d+e+f+g+h",
    "null bytes": "q=%00&theme=%00&country=%00",
    "broken UTF-8": "theme=%F0%28&q=%C3%28",
    "page 10^9": "page=1000000000",
    "page 10^9 of towns like mine": "page=1000000000&like=16000",
    "contradictory filters": "theme=energy&theme=spatial&role=committed&size=unknown",
}

# Adds up layout shifts.
WATCH = """
window.shift = 0;
new PerformanceObserver((list) => list.getEntries().forEach((e) => (shift += e.value)))
  .observe({ type: "layout-shift", buffered: true });
"""
FILTER = """() => new Promise((resolve) => {
  const box = document.querySelector("[name=theme]:not(:checked)");
  const start = performance.now();
  box.click();
  requestAnimationFrame(() => setTimeout(() => {
    const took = performance.now() - start;
    box.click();
    resolve(took);
  }));
})"""
DRAW = """() => {
  const start = performance.now();
  document.dispatchEvent(new CustomEvent("filters", { detail: null }));
  document.querySelector(".map-live").getBoundingClientRect();
  return performance.now() - start;
}"""
ZOOM = """() => {
  const [zoomIn, zoomOut] = document.querySelectorAll(".map-buttons button");
  const start = performance.now();
  zoomIn.click();
  document.querySelector(".map-live").getBoundingClientRect();
  const took = performance.now() - start;
  zoomOut.click();
  return took;
}"""


def median(measure):
    return statistics.median(measure() for _ in range(TIMES))


def answer_time(address, query):
    """Return the milliseconds in which a list answers a query that it has not met before."""
    turn = 0

    def once():
        nonlocal turn
        turn += 1  # another address each time: no store in front of the site may help
        start = time.perf_counter()
        try:
            urlopen(f"{address}/pl/dobre-praktyki/?{query}&turn={turn}").read()
        except HTTPError as refusal:
            if refusal.code != 414:  # longer than any visitor needs
                raise
        return (time.perf_counter() - start) * 1000

    return median(once)


def measure(browser, address):
    """Yield (what, measured, unit)."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.add_init_script(WATCH)
    tools = page.context.new_cdp_session(page)
    tools.send("Network.enable")
    tools.send("Network.emulateNetworkConditions", SLOW_4G)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    weights, kinds = {}, {}
    tools.on("Network.responseReceived", lambda e: kinds.update({e["requestId"]: e["type"]}))
    tools.on(
        "Network.loadingFinished",
        lambda e: weights.update({e["requestId"]: e["encodedDataLength"]}),
    )
    urlopen(f"{address}/pl/miasta/").read()  # ready in the store, as visitors mostly get it
    page.goto(f"{address}/pl/miasta/", wait_until="load")
    page.locator(".map").scroll_into_view_if_needed()
    page.wait_for_selector("[data-map=live]")
    page.wait_for_timeout(500)
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    base = page.evaluate(
        "performance.getEntriesByType('resource').find((e) => /europe/.test(e.name)).responseEnd"
    )
    scripts = sum(weight for request, weight in weights.items() if kinds[request] == "Script")
    yield "map page with Leaflet, on the wire", sum(weights.values()) / 1000, "kB"
    yield "its JavaScript", scripts / 1000, "kB"
    yield "its HTML, gzip", len(gzip.compress(urlopen(f"{address}/pl/miasta/").read())) / 1000, "kB"
    yield "first paint, slow 4G, 4×", paint, "ms"
    yield "base map there, slow 4G, 4×", base, "ms"
    yield "layout shift, takeover included", page.evaluate("shift"), ""
    yield "filter in place, 4×", median(lambda: page.evaluate(FILTER)), "ms"
    tools.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    page.evaluate(FILTER)
    yield "markers drawn anew", median(lambda: page.evaluate(DRAW)), "ms"
    yield "zoom step", median(lambda: page.evaluate(ZOOM)), "ms"
    for name, query in ODD_QUERIES.items():
        yield f"answer to {name}", answer_time(address, query), "ms"
    page.close()


def main(sizes):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=SWITCHES)
        columns, folder = [], ROOT / "var/bench"
        folder.mkdir(parents=True, exist_ok=True)
        for cities in sizes:
            environment = site_of(folder, cities if cities != PROGRAMME else 0)
            with serving(environment) as site:
                columns.append(
                    {name: (value, unit) for name, value, unit in measure(browser, site.address)}
                )
        browser.close()
    print(f"{'cities':36}" + "".join(f"{cities:>12,}" for cities in sizes))
    for name in columns[0]:
        cells = (f"{column[name][0]:.3g} {column[name][1]}" for column in columns)
        print(f"{name:36}" + "".join(f"{cell:>12}" for cell in cells))


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [PROGRAMME, 10_000])
