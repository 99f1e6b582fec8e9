"""Visitors: how they reach things, and what they see of lists."""

import pytest

both_languages = pytest.mark.parametrize("language", ["pl", "en"])
in_every_pair = pytest.mark.parametrize(  # each value with each of another, but not all with all
    ("language", "scripts", "by"),
    [
        ("pl", True, "mouse"),
        ("en", True, "keyboard"),
        ("pl", False, "keyboard"),
        ("en", False, "mouse"),
    ],
)
by_mouse_and_keyboard = pytest.mark.parametrize(
    ("language", "by"), [("pl", "mouse"), ("en", "keyboard")]
)


class Visitor:
    """Someone who points, touches, or has nothing but the keys."""

    def __init__(self, page, by):
        self.page, self.by = page, by

    def reach(self, target):
        for _ in range(150):
            if target.evaluate("(one) => one === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        pytest.fail(f"{target} is not reached by Tab")

    def use(self, target, key="Enter"):
        if self.by == "mouse":
            target.click()
        elif self.by == "touch":
            target.tap()
        else:
            self.reach(target)
            self.page.keyboard.press(key)

    def tick(self, target):
        self.use(target, "Space")

    def open_filters(self):
        self.use(self.page.locator("#more-filters > summary"))

    def search(self, words, field="q"):
        field = self.page.locator(f"main [name={field}]")
        self.use(field) if self.by == "mouse" else self.reach(field)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.press("Delete")
        self.page.keyboard.type(words)
        self.page.keyboard.press("Enter")


def names(page, cards):
    page.wait_for_load_state("domcontentloaded")  # a list that has begun to show is not yet all
    return page.locator(f"{cards}:visible h3").all_inner_texts()


def number_found(page):
    page.wait_for_load_state("domcontentloaded")
    return int("".join(filter(str.isdigit, page.locator("#found").inner_text())))
