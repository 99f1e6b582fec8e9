"""What the site is measured against: the same bytes from disk, and a fresh Wagtail project."""

import os
import subprocess
import sys
from functools import cache

from whitenoise import WhiteNoise

NGINX = """
worker_processes {workers};
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{ }}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port} reuseport;
    root {folder}/files;
    default_type text/html;
    add_header Content-Encoding br;
    add_header Cache-Control no-cache;
  }}
}}
"""
WAGTAIL = """
from .base import *

DEBUG, SECRET_KEY, ALLOWED_HOSTS = False, "not-secret", ["127.0.0.1"]
"""
WAGTAIL_CACHED = """
from .bench import *

INSTALLED_APPS.append("wagtailcache")
MIDDLEWARE = [
    "wagtailcache.cache.UpdateCacheMiddleware",
    *MIDDLEWARE,
    "wagtailcache.cache.FetchFromCacheMiddleware",
]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
"""
GRANIAN = ["--interface=wsgi", "--blocking-threads=4", "--no-ws", "--log-level=warning"]


def granian(python, application, port, workers):
    """Return the command that serves an application as the site itself is served."""
    command = [python, "-m", "granian", *GRANIAN, f"--port={port}", f"--workers={workers}"]
    return [*command, application]


@cache
def _whitenoise():
    return WhiteNoise(None, root=os.environ["FILES"])


def files(environ, start_response):
    """WSGI application: WhiteNoise with the folder that FILES names."""
    return _whitenoise()(environ, start_response)


def nginx(folder, port, workers):
    """Return the command that serves folder/files by nginx."""
    path = folder / "nginx.conf"
    path.write_text(NGINX.format(folder=folder, port=port, workers=workers))
    return ["nginx", "-c", str(path), "-g", "daemon off;"]


def wagtail(folder):
    """Make a Wagtail project in an environment of its own, once; return its folder and Python."""
    project, python = folder / "wagtail", folder / "wagtail-env/bin/python"
    if not project.exists():
        subprocess.run([sys.executable, "-m", "venv", python.parent.parent], check=True)
        pip = [python, "-m", "pip", "install", "-q", "wagtail", "wagtail-cache", "granian"]
        subprocess.run(pip, check=True)
        project.mkdir()
        subprocess.run([python.parent / "wagtail", "start", "mysite", project], check=True)
        for name, text in (("bench", WAGTAIL), ("bench_cached", WAGTAIL_CACHED)):
            (project / f"mysite/settings/{name}.py").write_text(text)
        for command in ("migrate", "collectstatic"):
            arguments = [python, "manage.py", command, "--settings=mysite.settings.bench"]
            subprocess.run([*arguments, "--noinput", "-v0"], cwd=project, check=True)
    return project, python
