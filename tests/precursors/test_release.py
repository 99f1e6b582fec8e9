"""What deploy/release does with folders and links, where systemd, make and accounts are played."""

import os
import shutil
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "deploy/release"
PLAYED = {
    "runuser": 'shift 3; exec "$@"',
    "make": 'mkdir -p build/static; cp name build/static/; echo "$MOTTO" > motto',
    "systemctl": """
case "$1 $2" in
    list-units*) echo "precursors@8001.service x"; echo "precursors@8002.service x" ;;
    *) echo "$2 $(cat current/name)" >> restarted; ! grep -q bad current/name ;;
esac""",
}

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")


@pytest.fixture
def server(tmp_path):
    """Lay out a server: `publish` gives its source a revision, `release` runs the script."""
    folder, played = tmp_path / "site", tmp_path / "played"
    folder.mkdir()
    played.mkdir()
    for name, body in PLAYED.items():
        (played / name).write_text(f"#!/bin/bash\n{body}\n")
        (played / name).chmod(0o755)
    (folder / "environment").write_text('MOTTO="two = words"\n# none\nSECRET_KEY=abc==\n')
    environment = {
        "PATH": f"{played}:{os.environ['PATH']}",
        "SITE": str(folder),
        "ENV_FILE": str(folder / "environment"),
        "GIT_CONFIG_GLOBAL": os.devnull,
    }

    def run(*command):
        return subprocess.run(  # noqa: S603
            command, cwd=folder, env=environment, capture_output=True, text=True
        )

    def publish(name):
        (folder / "origin/name").write_text(name)
        run("git", "-C", "origin", "add", ".")
        who = ("-c", "user.name=a", "-c", "user.email=a@example.org")
        run("git", "-C", "origin", *who, "commit", "-qm", name)

    run("git", "init", "-q", "origin")
    publish("first")
    run("git", "clone", "-q", "origin", "source")
    return SimpleNamespace(
        folder=folder, publish=publish, release=lambda *arguments: run(SCRIPT, *arguments)
    )


def served(server):
    return os.readlink(server.folder / "current"), (server.folder / "current/name").read_text()


def test_a_release_is_laid_beside_the_one_before_and_rolled(server):
    assert server.release().returncode == 0
    assert served(server) == ("releases/1", "first")
    assert (server.folder / "current/motto").read_text() == "two = words\n"
    server.publish("second")
    assert server.release().returncode == 0
    assert served(server) == ("releases/2", "second")
    assert (server.folder / "releases/1/name").read_text() == "first"
    assert (server.folder / "static/name").read_text() == "second"
    restarted = (server.folder / "restarted").read_text().split()[4:]
    assert restarted == ["precursors@8001.service", "second", "precursors@8002.service", "second"]


def test_a_release_that_does_not_get_ready_gives_way_to_the_one_before(server):
    server.release()
    server.publish("bad")
    told = server.release()
    assert (told.returncode, told.stdout) == (1, "")
    assert "Release 2 does not get ready" in told.stderr
    assert served(server) == ("releases/1", "first")
    restarted = (server.folder / "restarted").read_text().split()[4:]
    assert restarted[:2] == ["precursors@8001.service", "bad"]  # and the second was left alone
    assert restarted[2::2] == ["precursors@8001.service", "precursors@8002.service"]


def test_the_way_back_is_one_command(server):
    server.release()
    server.publish("second")
    assert "deploy/release --back 1" in server.release().stdout
    assert server.release("--back", "1").returncode == 0
    assert served(server) == ("releases/1", "first")
    assert server.release("source-has-no-such").returncode != 0
    assert served(server) == ("releases/1", "first")
