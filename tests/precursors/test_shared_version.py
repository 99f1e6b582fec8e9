"""What workers of several machines learn of changes, with a Redis that comes and goes."""

import shutil
import subprocess
import time
from contextlib import suppress

import pytest
from ports import free_port
from redis import ConnectionError, Redis

from precursors.page_cache import version

REDIS = shutil.which("redis-server")
TIMEOUTS = {"socket_connect_timeout": 0.2, "socket_timeout": 0.2}

pytestmark = pytest.mark.skipif(REDIS is None, reason="needs redis-server")


class Server:
    """A Redis that keeps what it knows in a dump, from which it comes back."""

    def __init__(self, folder):
        self.port = free_port()
        self.folder, self.url = folder, f"redis://127.0.0.1:{self.port}/0"
        self.client = Redis.from_url(self.url)

    def start(self):
        options = f"--port {self.port} --dir {self.folder} --bind 127.0.0.1 --daemonize yes"
        subprocess.run([REDIS, *options.split()], check=True, stdout=subprocess.DEVNULL)  # noqa: S603
        for _attempt in range(100):
            with suppress(ConnectionError):
                self.client.ping()
                break
            time.sleep(0.05)

    def stop(self, *, save=False):
        self.client.shutdown(save=save, nosave=not save)
        self.client.close()


@pytest.fixture
def redis(tmp_path):
    server = Server(tmp_path)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def join(redis, tmp_path):
    """Return what makes a process of this machine, or of another one."""

    def join(machine="a", url=redis.url):
        owed = version.MappedVersion(tmp_path / machine)
        return version.SharedVersion(url, TIMEOUTS, owed)

    return join


def test_processes_of_all_machines_agree(join):
    one, other = join("a"), join("b")
    one.current(), other.current()  # a new connection brings a new version
    assert one.current() == other.current()
    before = one.current()
    other.bump()
    assert one.current() == other.current() != before


def test_a_redis_back_from_its_dump_brings_back_no_old_version(redis, join):
    process = join()
    old = process.current()
    redis.stop(save=True)
    assert process.current() is None
    process.bump()
    redis.start()
    assert redis.client.get(version.SharedVersion.key) == old
    assert process.current() not in (old, None)
    redis.stop(save=False)
    redis.start()  # so fast that nobody has noticed
    assert redis.client.get(version.SharedVersion.key) == old
    assert process.current() not in (old, None)


def test_a_change_of_which_redis_was_not_told_is_made_up_for_by_any_process(join, caplog):
    lasting, elsewhere = join(), join("b")
    lasting.current(), elsewhere.current()
    before = elsewhere.current()
    join(url="redis://127.0.0.1:1/0").bump()  # from a process that ends, to which Redis was away
    assert "Redis was not told of a change" in caplog.text
    told = lasting.current()
    assert told != before
    assert [process.current() for process in (lasting, elsewhere)] == [told, told]
