"""Work on files from outside in a process of its own, with limits of memory and time.

A file that fills the memory or never ends stops that process, and no worker with it. The process
gets the file and a few words, no settings and no secrets; it does not even know Django.
"""

import resource
import runpy
import subprocess
import sys
from pathlib import Path

MEMORY = 200 * 2**20  # bytes of addresses
SECONDS = 20  # of a processor; three times that on the clock of a busy machine
ROOT = Path(__file__).resolve().parents[1]


class ExceededError(Exception):
    """A file needed more memory or time than it may."""


def run(module, content, *words, memory=MEMORY):
    """Return what a module writes, run as a program on bytes. Raise ExceededError."""
    command = [sys.executable, "-m", __name__, str(memory), module, *words]
    try:
        done = subprocess.run(  # noqa: S603  our own program
            command, input=content, capture_output=True, cwd=ROOT, env={}, timeout=3 * SECONDS
        )
    except subprocess.TimeoutExpired as error:
        raise ExceededError(module) from error
    if done.returncode:  # killed by a limit, or by what its reader does at one
        raise ExceededError(done.stderr.decode(errors="replace")[-2000:])
    return done.stdout


if __name__ == "__main__":
    memory = int(sys.argv.pop(1))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
