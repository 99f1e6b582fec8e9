"""Audit the site as visitors get it: print one table, and fail where a budget is missed."""

import os
import resource
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from . import accessibility, archive, data, html, lighthouse, links, screens, weight
from .pages import crawl, one_of_each
from .site import served

CHECKS = [accessibility.pages, accessibility.map_states, screens.check, weight.check]
CHECKS += [archive.check, html.check, links.check, data.feeds, data.imports]


def main():
    started = time.monotonic()
    with served() as site:
        pages = crawl(site)
        typical = one_of_each(pages)
        with ThreadPoolExecutor(2) as pool:
            results = list(pool.map(lambda check: check(site, pages, typical), CHECKS))
        results.append(lighthouse.check(site, pages, typical))  # alone: it measures time
    rows = [row for rows, _ in results for row in rows]
    for finding in [finding for _, findings in results for finding in findings]:
        print(finding)
    print_table(rows)
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cpu = sum(use.ru_utime + use.ru_stime for use in used)
    print(f"{len(pages)} pages; {time.monotonic() - started:.0f} s, {cpu:.0f} s of CPU.")
    return any(row.is_missed for row in rows)


def print_table(rows):
    cells = [("", "budget", "measured", "")]
    cells += [(row.name, str(row.budget), str(row.measured), row.verdict) for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        padded = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        print("  ".join(padded).rstrip())


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "precursors.settings"
    sys.exit(main())
