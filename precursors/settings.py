"""Settings, read from the environment. docs/deploying.md lists what a server needs."""

import os
import re
import secrets
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured
from django_prose_editor.config import process_link
from js_asset import static_lazy

from .environment import cache, codes, database, day, env, flag, mail, matching, number, read_file

read_file()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / env("VAR_DIR", "var")
# What a release makes of itself: its words and its static files, so that no other reads them.
BUILD_DIR = BASE_DIR / env("BUILD_DIR", default=str(VAR_DIR))

DEBUG = env("DEBUG", False, flag, "1 or 0")
# For Prometheus, at addresses of this machine alone.
METRICS = env("METRICS", False, flag, "1 or 0")


# One address decides the scheme, the allowed hosts and every absolute link.
def _site_url():
    """Return SITE_URL as browsers send it: łódź.pl as xn--…, no port that goes without saying."""
    given = env("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
    try:
        if not re.fullmatch(r"https?://[^:/?#@\s][^/?#@\s]*", given, re.IGNORECASE):
            raise ValueError
        site = urlsplit(given)
        is_ipv6 = ":" in site.hostname
        host = f"[{site.hostname}]" if is_ipv6 else site.hostname.encode("idna").decode()
        is_usual = site.port in (None, 443 if site.scheme == "https" else 80)
    except ValueError as error:
        raise ImproperlyConfigured(
            f"SITE_URL is {given!r}; it must look like https://example.org, without a path."
        ) from error
    return f"{site.scheme}://{host}" if is_usual else f"{site.scheme}://{host}:{site.port}"


SITE_URL = _site_url()
_site = urlsplit(SITE_URL)
HTTPS = _site.scheme == "https"
ALLOWED_HOSTS = [re.sub(r":\d+$", "", _site.netloc)]
if _site.hostname == "127.0.0.1":
    ALLOWED_HOSTS.append("localhost")
CSRF_TRUSTED_ORIGINS = [SITE_URL]


def _secret_key():
    """Return the given key, or on plain http one that is kept in var/."""
    if key := env("SECRET_KEY", default=""):
        return key
    if HTTPS:
        raise ImproperlyConfigured("SECRET_KEY must be set when SITE_URL is https.")
    path = VAR_DIR / "secret_key"
    if not path.exists():
        VAR_DIR.mkdir(parents=True, exist_ok=True)
        # Whole from the beginning, for who reads it at this moment or is first to have written it.
        with NamedTemporaryFile("w", dir=VAR_DIR) as file, suppress(FileExistsError):
            file.write(secrets.token_urlsafe(50))
            file.flush()
            os.link(file.name, path)
    return path.read_text()


SECRET_KEY = _secret_key()

INSTALLED_APPS = [
    "precursors.apps.LeafletWithoutGdal",
    "precursors.apps.StaffAdmin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "django_prose_editor",
    "import_export",
    "pictures",
    "reversion",
    "translated_fields",
    "cities",
]

MIDDLEWARE_OF_ALL = [  # of the answer to a fault too that escapes all others (precursors/door.py)
    "precursors.request_log.request_log",
    "precursors.headers.headers",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
]
MIDDLEWARE = [
    "precursors.health.health",  # asked every other second: no line in the log
    *MIDDLEWARE_OF_ALL,
    "precursors.limits.limits",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "precursors.catalogues.FreshCatalogues",
    "precursors.languages.OpenLocale",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "cities.text.cleaning.CleanRequests",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "precursors.languages.HiddenLanguages",
    "precursors.gaps.MarkGaps",
    "django.contrib.messages.middleware.MessageMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "precursors.urls"
WSGI_APPLICATION = "precursors.wsgi.application"
ADMIN_PATH = env(
    *("ADMIN_PATH", "admin", matching(r"/?[\w-]+(/[\w-]+)*/?"), "admin/"), may_be_blank=False
)
ADMIN_PATH = ADMIN_PATH.strip("/") + "/"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "precursors.languages.page_languages",
                "cities.archive.flag.archive",
            ],
        },
    }
]

# Database: SQLite in var/ unless DATABASE_URL names another.
DATABASES = {
    "default": env(
        "DATABASE_URL",
        {"ENGINE": "django.db.backends.sqlite3", "NAME": str(VAR_DIR / "site.sqlite3")},
        *(database, "postgres://user:password@host:5432/name"),
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 10,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # A pooler may give each statement another connection, which knows of no cursor.
    DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = True

# Several machines share a cache, which tells their workers of changes: CACHE_URL=redis://…
CACHES = {
    "default": env(
        "CACHE_URL",
        {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
        *(cache, "redis://host:6379/0"),
    ),
    "share images": {  # some 25 to 50 kB each
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "share",
        "OPTIONS": {"MAX_ENTRIES": 1000},
        "TIMEOUT": 30 * 24 * 3600,
    },
    "bounds": {  # how often something was asked for, told to all workers of a machine
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "bounds",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
}
if CACHES["default"]["BACKEND"].endswith("RedisCache"):  # slower without it, but not broken
    CACHES["default"]["OPTIONS"] = {"socket_connect_timeout": 0.2, "socket_timeout": 0.2}

# Pages kept ready by each worker (precursors/page_cache/), until a table changes that visitors
# see. Those of staff's own are not among them.
PAGE_CACHE_BYTES = env("PAGE_CACHE_MB", 24, number, "24") * 1_000_000
PAGE_CACHE_TABLES = [
    "cities_country",
    "cities_city",
    "cities_topic",
    "cities_practice",
    "cities_practicetopic",
    "cities_journey",
    "cities_stop",
    "cities_event",
    "cities_participant",
    "cities_material",
    "cities_materialtopic",
    "cities_materialpractice",
    "cities_indicator",
    "cities_source",
    "cities_checkedlink",
    "cities_mention",
    "cities_photo",
    "cities_formeraddress",
]
# The query strings worth keeping: the filters in plain spelling, but no texts of visitors.
PAGE_CACHE_QUERY = {
    "(?:theme|country|kind|role|stage|size|visits|tells|payer|view|scheme)": "[a-z0-9-]{0,12}",
    "(?:city|topic|journey|event|measure)": "[a-z0-9-]{0,80}",
    "q": "",
    "page": r"\d{0,3}",
}
# Browsers ask each time, and learn in one round trip that nothing changed. A CDN may be allowed
# not to ask for so many seconds: visitors then see a change that much later.
CDN_SECONDS = env("CDN_SECONDS", 0, number, "300")
PAGE_CACHE_CONTROL = f"max-age=0, s-maxage={CDN_SECONDS}" if CDN_SECONDS else "no-cache"

# Languages: Polish first. docs/translating.md tells how one is added.
LANGUAGE_CODE = "pl"
MORE_LANGUAGES = env("MORE_LANGUAGES", [], codes)
if unknown := set(MORE_LANGUAGES) - set(LANG_INFO):
    raise ImproperlyConfigured(f"MORE_LANGUAGES: Django does not know {', '.join(unknown)}.")
LANGUAGES = [
    (code, LANG_INFO[code].get("name_local", code).capitalize())
    for code in dict.fromkeys([LANGUAGE_CODE, "en", *MORE_LANGUAGES])
]
# Seen by staff alone, until they have grown.
HIDDEN_LANGUAGES = env("HIDDEN_LANGUAGES", [], codes)
if unknown := set(HIDDEN_LANGUAGES) - set(MORE_LANGUAGES):
    raise ImproperlyConfigured(
        f"HIDDEN_LANGUAGES: MORE_LANGUAGES does not have {', '.join(unknown)}."
    )
OPEN_LANGUAGES = [(code, name) for code, name in LANGUAGES if code not in HIDDEN_LANGUAGES]
LOCALE_PATHS = [BASE_DIR / "locale", BUILD_DIR / "locale"]
FORMAT_MODULE_PATH = ["precursors.formats"]
TIME_ZONE = "Europe/Warsaw"

# Files
STATIC_URL = "/static/"
STATIC_ROOT = BUILD_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "precursors.static_files.StaticFiles"},
}
if S3_BUCKET := env("S3_BUCKET", default=""):  # needs requirements/s3.txt
    STORAGES["default"] = {
        "BACKEND": "precursors.object_storage.ObjectStorage",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "endpoint_url": env("S3_ENDPOINT_URL", default=None),
            "region_name": env("S3_REGION", default=None),
            "access_key": env("S3_ACCESS_KEY", default=None),
            "secret_key": env("S3_SECRET_KEY", default=None),
        },
    }
if DEBUG:
    STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"

PICTURES = {
    "BREAKPOINTS": {"s": 576, "m": 992},
    "GRID_COLUMNS": 2,
    "FILE_TYPES": ["AVIF", "WEBP"],
    "USE_PLACEHOLDERS": False,
    "PROCESSOR": "cities.editing.pictures.process_after_commit",
}

IMPORT_EXPORT_USE_TRANSACTIONS = True

# Security
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SESSION_COOKIE_AGE = 12 * 3600  # seconds without use (precursors/sessions.py)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
X_FRAME_OPTIONS = "DENY"
LOGIN_URL, LOGIN_REDIRECT_URL = "admin:login", "admin:index"  # only staff log in
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
KNOWN_COOKIE_NAME = "__Secure-known" if HTTPS else "known"  # precursors/guesses.py
AXES_HANDLER = "precursors.guesses.GuessesAtAccounts"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "429.html"
AXES_CLIENT_IP_CALLABLE = "precursors.staff_site.client_address"
AXES_ENABLE_ADMIN = False
AXES_DISABLE_ACCESS_LOG = True  # who logged in is in the history; from where is nobody's business
AXES_VERBOSE = False
OTP_TOTP_ISSUER = _site.hostname
# Who needs a code beside the password; others may set one up.
SECOND_FACTOR = env("SECOND_FACTOR", "all")
if SECOND_FACTOR not in ("all", "publishers"):
    raise ImproperlyConfigured(f"SECOND_FACTOR is {SECOND_FACTOR!r}; it is all or publishers.")
MOST_UPLOADED = 25 * 2**20  # bytes of one request: a large photo, a long table
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# The editor of long texts with our own links, names and pasting.
DJANGO_PROSE_EDITOR_EXTENSIONS = [
    {"js": [static_lazy("js/rich-text.js")], "extensions": {"Link": process_link}}
]

# Mail: what waits, and new passwords, which without it administrators alone set.
_mail = env("EMAIL_URL", {}, mail, "smtp+tls://user:password@host:587")
vars().update(_mail)
SENDS_MAIL = bool(_mail)

# What only the operator knows. Where it is blank, the pages say so and claim nothing.
OPERATOR_NAME = env("OPERATOR_NAME")
OPERATOR_EMAIL = env("OPERATOR_EMAIL", "", matching(r"[^@\s]+@[^@\s]+"), "office@example.org")
OPERATOR_PHONE = env("OPERATOR_PHONE")
DEFAULT_FROM_EMAIL = OPERATOR_EMAIL or f"webmaster@{_site.hostname}"
SECURITY_CONTACT = env(
    *("SECURITY_CONTACT", "", matching(r"(mailto:|https://)\S+")),
    "mailto:security@example.org or https://example.org/security",
)

# The days that the accessibility statement must name.
SITE_PUBLISHED_ON = env("SITE_PUBLISHED_ON", None, day, "2026-11-30")
SITE_CHANGED_ON = env("SITE_CHANGED_ON", None, day, "2026-11-30")
STATEMENT_MADE_ON = env("STATEMENT_MADE_ON", None, day, "2026-11-30")
STATEMENT_REVIEWED_ON = env("STATEMENT_REVIEWED_ON", None, day, "2026-11-30")

# Lines of JSON on standard error; under DEBUG plain ones, as Django's own server writes them too.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "precursors.request_log.JsonLines"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler"} | ({} if DEBUG else {"formatter": "json"}),
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "precursors": {"level": "WARNING" if DEBUG else "INFO"},
        # What is no fault of ours stands in the line of its request, with a word why.
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "CRITICAL"},
        "django.security.csrf": {"level": "WARNING"},
    },
}
