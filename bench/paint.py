"""Measure when a phone on slow 4G shows a page, as deployed: nginx with TLS and HTTP/2 in front.

    .venv/bin/python bench/paint.py [TIMES]

Needs nginx, openssl and what `make audit` installs. Prints Lighthouse's largest contentful paint of
six pages, and of one of three words: what connecting alone takes. Of a busy machine compare rows.
"""

import json
import os
import statistics
import subprocess
import sys

from installation import Installation
from server import ROOT

PAGES = ["/pl/", "/pl/miasta/", "/pl/dobre-praktyki/", "/pl/miasta/halle-saale/"]
PAGES += ["/pl/dobre-praktyki/dom-gemini-weiz/", "/pl/zagadnienia/budynki-energooszczedne/"]
PAGES += ["/static/bare.html"]
BARE = '<!DOCTYPE html><html lang="en"><title>Bare</title><p>A bare page</p></html>'


def main(times=5):
    site = Installation("sqlite")
    address = f"https://localhost:{site.port + 7}"
    site.environment |= {"SITE_URL": address, "SECRET_KEY": "x" * 60}
    try:
        site.prepare()
        (site.var / "static/bare.html").write_text(BARE, encoding="utf-8")
        site.start_web(1)
        site.start_web(2)
        site.start_nginx()
        told = subprocess.run(
            ["node", ROOT / "audit/lighthouse.mjs", *(address + path for path in PAGES)],
            env=os.environ | {"CHROME_PATH": "/usr/bin/chromium", "TIMES": str(times + 1)},
            stdout=subprocess.PIPE,
            check=True,
        ).stdout
    finally:
        site.remove()
    for path, (_made_ready, *runs) in zip(PAGES, json.loads(told), strict=True):
        paints = [run["metrics"].get("largest-contentful-paint") for run in runs]
        paints = [paint for paint in paints if paint]  # a machine that is too busy may see none
        print(f"{path:42}{statistics.median(paints):6.0f} ms, {min(paints):.0f} at best")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
