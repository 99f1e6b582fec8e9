import ctypes
import os
import socket
from threading import Thread

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from precursors.watch import watch

ARENA_MAX, MMAP_THRESHOLD = -8, -3  # of mallopt, in malloc.h


def give_back_memory():
    """Let glibc keep no heap for each thread, and nothing of what a picture took.

    Workers are forks: what is set here is set for them, but not by variables of the environment.
    """
    libc = ctypes.CDLL(None)
    if hasattr(libc, "mallopt"):
        libc.mallopt(ARENA_MAX, 2)
        libc.mallopt(MMAP_THRESHOLD, 2**20)


class Command(BaseCommand):
    help = "Serve the site."

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=min(4, os.cpu_count() or 1))

    def handle(self, host, port, workers, **options):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except (OSError, OverflowError) as error:
                reason = getattr(error, "strerror", error)
                raise CommandError(
                    f"Cannot serve at {host}:{port}: {reason}. "
                    "Choose another port: make run PORT=8001"
                ) from error
        self.stdout.write(f"The site is at {settings.SITE_URL}/ (Ctrl-C ends it).")
        self.stdout.write(
            f"Editors log in at {settings.SITE_URL}/{settings.ADMIN_PATH}; "
            "make an account with: .venv/bin/python manage.py createsuperuser"
        )
        self.stdout.flush()
        give_back_memory()
        Thread(target=watch, args=(host, port), daemon=True).start()
        Granian(
            "precursors.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=4,
            # A worker that dies is replaced; SIGHUP replaces them all, one after another.
            respawn_failed_workers=True,
            respawn_interval=1,
            workers_kill_timeout=30,
            websockets=False,
            log_level=LogLevels.warning,
            metrics_enabled=settings.METRICS,
            metrics_port=port + 10_000,
        ).serve()
