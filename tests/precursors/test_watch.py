import socket

from precursors import watch

HANG = """
import multiprocessing, os, signal, threading, time
from http.server import HTTPServer, SimpleHTTPRequestHandler
from precursors import watch

class Site(SimpleHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()

told = []
watch.PAUSE, watch.SILENCE, watch.START, watch.tell_systemd = 0.1, 0.5, 1, told.append
site = HTTPServer(("127.0.0.1", 0), Site)
worker = multiprocessing.get_context("fork").Process(target=site.serve_forever)
worker.start()
threading.Thread(target=watch.watch, args=("127.0.0.1", site.server_port), daemon=True).start()
time.sleep(2)
print(told[:3], worker.is_alive())
os.kill(worker.pid, signal.SIGSTOP)  # it is there, and its socket takes connections
worker.join(20)
print(worker.exitcode)
worker.kill()
"""


def test_a_worker_that_hangs_is_ended_and_one_that_answers_is_not(python):
    told = python("-c", HANG).stdout.splitlines()
    assert told == ["['READY=1', 'WATCHDOG=1', 'WATCHDOG=1'] True", "-9"]


def test_systemd_is_told_where_it_asks(tmp_path, monkeypatch):
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        watch.tell_systemd("READY=1")
        assert systemd.recv(99) == b"READY=1"
    monkeypatch.delenv("NOTIFY_SOCKET")
    watch.tell_systemd("READY=1")
