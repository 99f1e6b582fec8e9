"""The site's colours, as static/css/base.css has them, for what Python draws and checks."""

import re
from functools import cache

from django.contrib.staticfiles import finders

TOKEN = re.compile(r"(?<![\w-])--([\w-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)")


@cache
def colours(scheme="light"):
    """Return {token: "#rrggbb"} of the light or the dark scheme."""
    with open(finders.find("css/base.css"), encoding="utf-8") as file:
        tokens = TOKEN.findall(file.read())
    return {name: light if scheme == "light" else dark for name, light, dark in tokens}
