"""On a phone nothing that sticks hides what has focus, and a list begins on the first screen."""

from .browser import chromium
from .table import none_of

PHONE = {"width": 360, "height": 740}
MOST_STOPS = 150
# The name of what hides all of the element that has focus (WCAG 2.4.11); nothing where none does.
HIDING = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect();
  if (one === document.body || !box.width) return "";
  const over = [0.1, 0.5, 0.9].flatMap((x) => [0.1, 0.5, 0.9].map((y) =>
    document.elementFromPoint(box.left + x * box.width, box.top + y * box.height)));
  const own = [one, ...(one.labels ?? [])];
  const isOwn = (other) => other.contains(one) || own.some((part) => part.contains(other));
  const hides = (other) => !other || !isOwn(other);
  return over.every(hides) ? `${one.outerHTML.slice(0, 80)} is behind ${over[4]?.className}` : "";
}"""

FIRST_NAME = "() => document.querySelector('#list .card h3')?.getBoundingClientRect().bottom"


def hidden_stops(page):
    """Tab through a page and yield what hides the element that has focus."""
    ticks = page.locator("input[type=checkbox][name=p]")
    if ticks.count():
        ticks.first.check()  # which makes the bar of the comparison stick
    frames = page.locator("iframe")
    if frames.count():  # one that is loaded only when it has focus is scrolled to some time later
        frames.evaluate_all("(all) => all.forEach((one) => (one.loading = 'eager'))")
        page.wait_for_load_state("networkidle")
    page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement === document.body"):
            return
        if page.evaluate(HIDING):
            page.wait_for_timeout(500)  # what is scrolled to may not be there yet
            if told := page.evaluate(HIDING):
                yield told


def first_answer(page):
    """Return how far down the name of the first answer ends, in pixels, or None without any."""
    # At one go: a script may put the same list anew meanwhile.
    return page.evaluate(FIRST_NAME)


def check(site, pages, typical):
    hidden, late = [], []
    with chromium() as browser:
        page = browser.new_context(viewport=PHONE, bypass_csp=True).new_page()
        for seen in typical:
            page.goto(site + seen.path)
            if seen.type.startswith("practices"):
                end = first_answer(page)
                if end and end > PHONE["height"]:
                    late.append(f"first screen: {seen.path}: the first answer ends at {end:.0f} px")
            hidden += [f"focus: {seen.path}: {told}" for told in hidden_stops(page)]
    name = f"focus hidden on {len(typical)} pages at 360 × 740"
    return [none_of(name, hidden), none_of("lists that begin below 740 px", late)], hidden + late
