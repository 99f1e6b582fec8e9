"""Lighthouse on a phone: three categories are gates, performance is told."""

import json
import os
import subprocess
from pathlib import Path
from statistics import median

from .browser import CHROMIUM
from .table import Row, none_of

TYPES = "home", "cities", "city", "practice"
GATES = {"accessibility": "accessibility", "best-practices": "best practices", "seo": "SEO"}
GOALS = {  # Lighthouse's name: (ours, goal, unit, digits)
    "largest-contentful-paint": ("LCP", 1200, " ms", 0),
    "cumulative-layout-shift": ("CLS", 0.01, "", 3),
    "total-blocking-time": ("TBT", 50, " ms", 0),
}


def check(site, pages, typical):
    paths = [page.path for page in typical if page.language == "pl" and page.type in TYPES]
    script = Path(__file__).with_suffix(".mjs")
    run = subprocess.run(  # noqa: S603
        ["node", script, *(site + path for path in paths)],  # noqa: S607
        env=os.environ | {"CHROME_PATH": CHROMIUM},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    results = dict(zip(paths, json.loads(run.stdout), strict=True))
    rows, findings = [], []
    for category, name in GATES.items():
        worst = min(scored(runs, category) for runs in results.values())
        rows.append(Row(f"Lighthouse: {name}, 4 pages", 100, worst, worst == 100))
    anew = [
        f"Lighthouse: the back button loads {path} anew"
        for path, runs in results.items()
        if not runs[0]["comesBack"]
    ]
    rows.append(none_of("pages that the back button loads anew", anew))
    findings += anew
    for path, runs in results.items():
        failed = dict.fromkeys(title for run in runs for title in run["failed"])
        findings += [f"Lighthouse: {path}: {title}" for title in failed]
        score = median(run["scores"]["performance"] or 0 for run in runs)
        rows.append(
            Row(f"Lighthouse: performance, {path}", 100, score, score == 100, is_gate=False)
        )
        for metric, (name, goal, unit, digits) in GOALS.items():
            # On a machine that is too busy Lighthouse may see none; that fails nothing.
            seen = [run["metrics"][metric] for run in runs if metric in run["metrics"]]
            value = median(seen) if seen else float("nan")
            told = f"{goal}{unit}", f"{value:.{digits}f}{unit}", value <= goal
            rows.append(Row(f"  {name}", *told, is_gate=False))
    return rows, findings


def scored(runs, category):
    """Return the first score there is; a run has none where Lighthouse itself failed to look."""
    return next((s for run in runs if (s := run["scores"].get(category)) is not None), 0)
