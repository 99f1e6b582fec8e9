"""Links within the site: each leads to an address that answers, and to a place on that page."""

import re
from urllib.parse import urldefrag, urljoin

from .pages import fetch
from .table import none_of

LINK = re.compile(r'<(?:a|link|script|img|use|source|form)\b[^>]*? (?:href|src|action)="([^"]*)"')


def check(site, pages, typical):
    texts = {site + page.path: page.html for page in pages}
    findings = set()
    for page in pages:
        for link in LINK.findall(page.html):
            url, place = urldefrag(urljoin(site + page.path, link.replace("&amp;", "&")))
            if not url.startswith(site):
                continue
            if url not in texts:
                status, text = fetch(url)
                texts[url] = text if status == 200 else None
            if texts[url] is None:
                findings.add(f"Link: {page.path} to {link}, which is not there")
            elif place and f'id="{place}"' not in texts[url]:
                findings.add(f"Link: {page.path} to {link}, of which that place is not there")
    return [none_of("broken links within the site", findings)], sorted(findings)
