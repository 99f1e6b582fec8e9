"""Work in a process of its own: what goes wrong there stops nobody else."""

import pytest

from precursors import confined


def run(statement):
    return confined.run("timeit", b"", "-n1", "-r1", statement).decode()


def test_process_has_limits_and_knows_no_secrets(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "secret")
    limits = "print([r.getrlimit(n)[0] for n in (r.RLIMIT_AS, r.RLIMIT_CPU)])"
    told = run(f"import os, resource as r; {limits}; print(sorted(os.environ))").splitlines()
    assert told[0] == f"[{confined.MEMORY}, {confined.SECONDS}]"
    assert "SECRET_KEY" not in told[1]
    assert confined.MEMORY <= 200 * 2**20


def test_memory_beyond_the_limit_is_not_given():
    with pytest.raises(confined.ExceededError, match="MemoryError"):
        run(f"bytearray({confined.MEMORY})")


def test_work_that_never_ends_is_ended(monkeypatch):
    monkeypatch.setattr(confined, "SECONDS", 0.3)
    with pytest.raises(confined.ExceededError):
        run("while True: pass")


def test_what_it_reads_and_writes_are_bytes():
    assert confined.run("json.tool", b'{"a":1}', "--compact") == b'{"a":1}\n'
