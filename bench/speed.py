"""Measure the site beside its peers and print one table: requests per second, medians, ratios.

    make bench

All servers run at once, each with two workers, and are asked in turn, round after round, so that
a busy machine weighs on all alike. Needs wrk and nginx (Debian: apt-get install wrk nginx); the
Wagtail project is made in var/bench/ at the first run. docs/performance.md has the last results.
"""

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import threading
import time
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import peers
from server import (
    PYTHON,
    ROOT,
    environment_of,
    free_port,
    get,
    manage,
    past_store,
    running,
    serving,
    site_of,
)

WORKERS = 2
BROTLI = {"Accept-Encoding": "br"}
SLUG = "halle-saale"
PROFILE = f"/en/cities/{SLUG}/"
MOST_ARCHIVED = 1000  # cities: more are no archive for a browser alone


def load(port, path, headers, seconds, connections=16):
    """Ask for an address with wrk; return requests per second, p50 and p99 in ms, and errors."""
    asked = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", *asked]
    told = subprocess.run(
        [*command, f"http://127.0.0.1:{port}{path}"], capture_output=True, text=True, check=True
    ).stdout
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1])
    p50, p99 = (
        float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]
        for number, unit in re.findall(r"(?:50|99)%\s+([\d.]+)(us|ms|s)\b", told)
    )
    errors = sum(map(int, re.findall(r"(?:connect|read|write|timeout|responses:?) (\d+)", told)))
    return rate, p50, p99, errors


def workers_of(server):
    told = subprocess.run(["pgrep", "-P", str(server.pid)], capture_output=True, text=True)
    return told.stdout.split()


def memory(server):
    """Return the megabytes of the largest worker."""
    sizes = []
    for pid in workers_of(server):
        status = Path(f"/proc/{pid}/status").read_text()
        sizes.append(int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024)
    return max(sizes)


def print_table(title, header, rows):
    rows = [[str(cell) for cell in row] for row in [header, *rows]]
    widths = [max(len(row[column]) for row in rows) for column in range(len(header))]
    print(f"\n{title}\n")
    for number, row in enumerate(rows):
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        print(f"| {' | '.join(cells)} |")
        if number == 0:
            print(f"|{'|'.join('-' * (width + 2) for width in widths)}|")
    sys.stdout.flush()


def beside_peers(folder, seconds, rounds):
    """Print what the site and its peers answer, all with the same server and workers."""
    with ExitStack() as stack:
        site = stack.enter_context(serving(site_of(folder, 0), WORKERS))
        page = get(site.port, PROFILE, BROTLI)
        files = folder / "files"
        files.mkdir(exist_ok=True)
        (files / "page.html").write_bytes(page.body)
        fast, plain, wagtail_port, cached_port = (free_port() for _ in range(4))
        application = peers.granian(PYTHON, "peers:files", plain, WORKERS)
        project, python = peers.wagtail(folder)
        wagtail = peers.granian(python, "mysite.wsgi:application", wagtail_port, WORKERS)
        cached = peers.granian(python, "mysite.wsgi:application", cached_port, WORKERS)
        bench, bench_cached = (
            {"DJANGO_SETTINGS_MODULE": f"mysite.settings.{name}"}
            for name in ("bench", "bench_cached")
        )
        for command, port, path, environment, cwd in (
            (peers.nginx(folder, fast, WORKERS), fast, "/page.html", {}, ROOT),
            (application, plain, "/page.html", {"FILES": str(files)}, ROOT / "bench"),
            (wagtail, wagtail_port, "/", bench, project),
            (cached, cached_port, "/", bench_cached, project),
        ):
            stack.enter_context(running(command, port, path, os.environ | environment, cwd))
        same = BROTLI | {"If-None-Match": page.headers["ETag"]}
        asked = {
            f"nginx, the same {len(page.body)} bytes": (fast, "/page.html", {}),
            "WhiteNoise, the same bytes": (plain, "/page.html", {}),
            "city profile, ready": (site.port, PROFILE, BROTLI),
            "city profile, 304": (site.port, PROFILE, same),
            "the map’s cities, ready": (site.port, "/en/map.json", BROTLI),
            "city profile, rendered": (site.port, past_store(PROFILE), BROTLI),
            "Wagtail’s first page": (wagtail_port, "/", {}),
            "Wagtail’s first page, wagtail-cache": (cached_port, "/", {}),
        }
        told = {name: [] for name in asked}
        for _ in range(rounds):
            for name, (port, path, headers) in asked.items():
                get(port, path, headers)
                told[name].append(load(port, path, headers, seconds))
    rates = {name: statistics.median(one[0] for one in all) for name, all in told.items()}
    best = next(iter(rates.values()))
    rows = [
        [
            name,
            f"{rates[name]:,.0f}",
            f"{rates[name] / best:.3f}",
            f"{statistics.median(one[1] for one in all):.2f}",
            f"{statistics.median(one[2] for one in all):.2f}",
            sum(one[3] for one in all),
        ]
        for name, all in told.items()
    ]
    title = f"Beside its peers: {WORKERS} workers, 16 connections, median of {rounds} × {seconds} s"
    print_table(title, ["", "requests/s", "× nginx", "p50 ms", "p99 ms", "errors"], rows)


def under_editing(folder, seconds):
    """Print what visitors wait for while an editor saves once a second, and what they see."""
    environment = site_of(folder, 0)
    with serving(environment, WORKERS) as site:
        began, stale, saves = memory(site), 0, 0
        command = [PYTHON, "bench/editor.py", SLUG]
        with subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as editor:
            told = []
            visitors = threading.Thread(
                target=lambda: told.append(load(site.port, PROFILE, BROTLI, seconds, 64))
            )
            visitors.start()
            while visitors.is_alive():
                time.sleep(1)
                name = f"Halle {time.time_ns()}"
                print(name, file=editor.stdin, flush=True)
                editor.stdout.readline()
                saves += 1
                for _ in range(4):
                    stale += name not in get(site.port, PROFILE, {}).body.decode()
            editor.stdin.close()
        rate, p50, p99, errors = told[0]
        row = [saves, stale, f"{rate:,.0f}", f"{p50:.2f}", f"{p99:.2f}", f"{p99 / p50:.1f}", errors]
        row += [f"{began:.0f} → {memory(site):.0f}", f"{rate * seconds:,.0f}"]
        row += [f"{site.first_answer:.1f}"]
    header = ["saves", "old pages seen", "requests/s", "p50 ms", "p99 ms", "p99 ÷ p50", "errors"]
    header += ["MB per worker", "requests", "s to first answer"]
    print_table(f"{seconds} s with an editor: 64 connections", header, [row])


def growth(folder, sizes, times):
    """Print what each page costs with more cities: one request after another, one worker."""
    rows = []
    for cities in sizes:
        environment = site_of(folder, cities)
        cost = subprocess.run(
            [PYTHON, "bench/cost.py"],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        with serving(environment) as site:
            for name, (path, queries, spent_ms) in json.loads(cost.stdout).items():
                took = {}
                for kind, asked in (("ready", path), ("rendered", past_store(path))):
                    get(site.port, asked, BROTLI)
                    measured = []
                    for _ in range(times):
                        began = time.perf_counter()
                        size = len(get(site.port, asked, BROTLI).body)
                        measured.append((time.perf_counter() - began) * 1000)
                    took[kind] = statistics.median(measured)
                times_spent = [f"{took['rendered']:.1f}", f"{took['ready']:.2f}"]
                rows.append([name, cities or 37, queries, spent_ms, *times_spent, f"{size:,}"])
            rows.append(
                ["memory of the worker, MB", cities or 37, "", "", f"{memory(site):.0f}", "", ""]
            )
        if cities <= MOST_ARCHIVED:
            with TemporaryDirectory() as archive:
                seconds, cpu = spent(environment, "export_archive", archive)
                size = sum(file.stat().st_size for file in Path(archive).rglob("*"))
                rows.append(
                    [
                        "the archive, s",
                        cities or 37,
                        "",
                        f"{cpu:.0f}",
                        f"{seconds:.0f}",
                        "",
                        f"{size:,}",
                    ]
                )
    rows.sort(key=lambda row: row[0])
    header = ["", "cities", "queries", "CPU ms", "rendered ms", "ready ms", "bytes"]
    print_table(f"Growth: one worker, one connection at a time, median of {times}", header, rows)


def starts(folder, sizes):
    """Print what `prepare` takes for a site that was loaded from elsewhere, and once more."""
    rows = []
    for cities in sizes:
        with TemporaryDirectory() as copy:
            shutil.copytree(site_of(folder, cities)["VAR_DIR"], copy, dirs_exist_ok=True)
            for start in ("first", "second"):
                seconds, cpu = spent(environment_of(copy), "prepare")
                rows.append([f"{start} start", cities, f"{seconds:.1f}", f"{cpu:.1f}"])
    print_table("Starts", ["", "cities", "s", "s of the processor"], rows)


def spent(environment, *command):
    """Run a command and return its seconds, and those of the processor."""
    before, began = os.times(), time.perf_counter()
    manage(environment, *command)
    seconds, after = time.perf_counter() - began, os.times()
    kinds = ("children_user", "children_system")
    return seconds, sum(getattr(after, kind) - getattr(before, kind) for kind in kinds)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="shorter, for a look while at work")
    quick = parser.parse_args().quick
    folder = ROOT / "var/bench"
    folder.mkdir(parents=True, exist_ok=True)
    beside_peers(folder, *((2, 1) if quick else (5, 5)))
    under_editing(folder, 10 if quick else 60)
    growth(folder, [0, 1000] if quick else [0, 1000, 10_000], 5 if quick else 15)
    starts(folder, [1000] if quick else [1000, 10_000])


if __name__ == "__main__":
    main()
