import json

import pytest

KEY = "k3y-" * 20
SHOWN = (
    "SECURE_SSL_REDIRECT SECURE_HSTS_SECONDS SESSION_COOKIE_NAME SESSION_COOKIE_SECURE "
    "CSRF_COOKIE_NAME CSRF_COOKIE_SECURE ALLOWED_HOSTS CSRF_TRUSTED_ORIGINS"
)
DATABASE = "postgres://user:password@host:5432/name"
DATABASES = ["banana", "postgres://u:p@host:x/name", "postgres://host", "mysql://host/name"]
CACHES = ["banana", "redis://host:x/0", "redis:///0", "memcache://host:1"]
MAIL = "smtp+tls://user:password@host:587"
MAILS = ["banana", "smtp://", "smtp://host:x"]
PATHS = ["", "/", "with space", "a//b"]
TO = "mailto:security@example.org or https://example.org/security"
CONTACTS = ["security@example.org", "mailto:", "http://example.org"]
DAYS = ["SITE_PUBLISHED_ON", "SITE_CHANGED_ON", "STATEMENT_MADE_ON", "STATEMENT_REVIEWED_ON"]


def read_settings(python, **environment):
    values = f"{{name: getattr(s, name) for name in {SHOWN.split()}}}"
    run = python(
        "-c", f"import json, precursors.settings as s; print(json.dumps({values}))", **environment
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        (
            {"SITE_URL": "https://example.org"},
            "SECRET_KEY must be set when SITE_URL is https.",
        ),
        (
            {"SITE_URL": "example.org"},
            "SITE_URL is 'example.org'; it must look like https://example.org, without a path.",
        ),
        (
            {"SITE_URL": "https://example.org/site/", "SECRET_KEY": KEY},
            "SITE_URL is 'https://example.org/site'; it must look like https://example.org, "
            "without a path.",
        ),
        *(
            (
                {"SITE_URL": address},
                f"SITE_URL is '{address}'; it must look like https://example.org, without a path.",
            )
            for address in [
                "http://:8000",
                "http://example.org:http",
                "http://example.org:99999",
                "http://[::1",
                "http://example..org",
                "http://anna@example.org",
                "http://example.org#top",
                "ftp://example.org",
            ]
        ),
        ({"MORE_LANGUAGES": "de,xx"}, "MORE_LANGUAGES: Django does not know xx."),
        ({"SECOND_FACTOR": "no"}, "SECOND_FACTOR is 'no'; it is all or publishers."),
        ({"DEBUG": "perhaps"}, "DEBUG must look like 1 or 0."),
        *(({"DATABASE_URL": url}, f"DATABASE_URL must look like {DATABASE}.") for url in DATABASES),
        *(({"CACHE_URL": url}, "CACHE_URL must look like redis://host:6379/0.") for url in CACHES),
        *(({"EMAIL_URL": url}, f"EMAIL_URL must look like {MAIL}.") for url in MAILS),
        *(({"ADMIN_PATH": path}, "ADMIN_PATH must look like admin/.") for path in PATHS),
        ({"PAGE_CACHE_MB": "-1"}, "PAGE_CACHE_MB must look like 24."),
        ({"CDN_SECONDS": "5m"}, "CDN_SECONDS must look like 300."),
        ({"OPERATOR_EMAIL": "Anna"}, "OPERATOR_EMAIL must look like office@example.org."),
        *(({"SECURITY_CONTACT": to}, f"SECURITY_CONTACT must look like {TO}.") for to in CONTACTS),
        *(({name: "30.11.2026"}, f"{name} must look like 2026-11-30.") for name in DAYS),
        ({"ENV_FILE": "/nowhere.env"}, "ENV_FILE names /nowhere.env, which cannot be read."),
    ],
)
def test_a_wrong_environment_is_refused_in_one_sentence(python, environment, sentence):
    run = python("manage.py", "check", **environment)
    assert (run.returncode, run.stderr) == (1, f"{sentence}\n")


def test_a_file_stands_in_for_the_environment_which_counts_more(python, tmp_path):
    file = tmp_path / "site.env"
    file.write_text(
        "# of the site\nSITE_URL=https://example.org\n\n"
        f'SECRET_KEY="$a b=c{KEY}"\nOPERATOR_NAME=Związek „Ąę” # 1\nADMIN_PATH=biuro\n'
    )
    code = "import precursors.settings as s; print([s.SITE_URL, s.SECRET_KEY[:6], s.OPERATOR_NAME,"
    code += "s.ADMIN_PATH])"
    run = python("-c", code, ENV_FILE=str(file), ADMIN_PATH="office")
    told = ["https://example.org", "$a b=c", "Związek „Ąę” # 1", "office/"]
    assert (run.stdout, run.stderr) == (f"{told}\n", "")


def test_a_line_that_sets_nothing_is_named_and_not_shown(python, tmp_path):
    file = tmp_path / "site.env"
    file.write_text("SITE_URL=https://example.org\nSECRET KEY=abc\n")
    run = python("manage.py", "check", ENV_FILE=str(file))
    assert (run.returncode, run.stderr) == (1, f"{file}, line 2: write NAME=value.\n")


def test_https_brings_secure_cookies_redirect_and_hsts(python):
    told = read_settings(python, SITE_URL="https://example.org/", SECRET_KEY=KEY)
    assert told == {
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 365 * 24 * 3600,
        "SESSION_COOKIE_NAME": "__Host-session",
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_NAME": "__Host-csrf",
        "CSRF_COOKIE_SECURE": True,
        "ALLOWED_HOSTS": ["example.org"],
        "CSRF_TRUSTED_ORIGINS": ["https://example.org"],
    }


def test_plain_http_works_without_any_setting(python):
    assert read_settings(python) == {
        "SECURE_SSL_REDIRECT": False,
        "SECURE_HSTS_SECONDS": 0,
        "SESSION_COOKIE_NAME": "session",
        "SESSION_COOKIE_SECURE": False,
        "CSRF_COOKIE_NAME": "csrf",
        "CSRF_COOKIE_SECURE": False,
        "ALLOWED_HOSTS": ["127.0.0.1", "localhost"],
        "CSRF_TRUSTED_ORIGINS": ["http://127.0.0.1:8000"],
    }


@pytest.mark.parametrize(
    ("given", "site_url", "host"),
    [
        ("http://[::1]:8000", "http://[::1]:8000", "[::1]"),
        ("http://[2001:DB8::1]", "http://[2001:db8::1]", "[2001:db8::1]"),
        (
            "https://Miasto-Łódź.PL:8443/",
            "https://xn--miasto-d-13a30fys.pl:8443",
            "xn--miasto-d-13a30fys.pl",
        ),
        ("HTTPS://Example.ORG:443", "https://example.org", "example.org"),
        ("http://example.org:80", "http://example.org", "example.org"),
        ("http://example.org:443", "http://example.org:443", "example.org"),
    ],
)
def test_the_address_is_spelled_as_browsers_send_it(python, given, site_url, host):
    told = read_settings(python, SITE_URL=given, SECRET_KEY=KEY)
    assert told["CSRF_TRUSTED_ORIGINS"] == [site_url]
    assert told["ALLOWED_HOSTS"] == [host]


def test_further_languages_get_their_columns(python):
    """In the tables too, of which files may still lack them."""
    code = (
        "import django; django.setup();"
        "from cities.management.commands.load_programme import DATA, read;"
        "from cities.importing.resources import CountryResource;"
        "from cities.text.translation import columns;"
        "from django.conf import settings;"
        "print(settings.LANGUAGES, columns('name'), 'text_de' in CountryResource._meta.fields);"
        "print(read(DATA / 'countries.csv', CountryResource()).headers[2:4])"
    )
    run = python("-c", code, DJANGO_SETTINGS_MODULE="precursors.settings", MORE_LANGUAGES="de")
    assert run.stderr == ""
    assert run.stdout.splitlines() == [
        "[('pl', 'Polski'), ('en', 'English'), ('de', 'Deutsch')] "
        "['name_pl', 'name_en', 'name_de'] True",
        "['name_pl', 'name_en']",
    ]


def test_a_key_is_made_once_and_kept_to_its_owner(python, tmp_path):
    keys = {read_key(python) for _ in range(2)}
    path = tmp_path / "var/secret_key"
    assert keys == {path.read_text()}
    assert len(path.read_text()) >= 50
    assert path.stat().st_mode & 0o777 == 0o600


def read_key(python):
    return python("-c", "import precursors.settings as s; print(s.SECRET_KEY, end='')").stdout


def test_the_deployment_check_has_nothing_to_say(python):
    run = python(
        "manage.py",
        *("check", "--deploy", "--tag", "security", "--fail-level", "INFO"),
        SITE_URL="https://example.org",
        SECRET_KEY="".join(chr(33 + n % 90) for n in range(60)),
    )
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout == "System check identified no issues (0 silenced).\n"


def test_no_gdal_is_needed(python):
    code = (
        "import sys, django; django.setup(); import precursors.urls;"
        "print([m for m in sys.modules if 'contrib.gis' in m])"
    )
    run = python("-c", code, DJANGO_SETTINGS_MODULE="precursors.settings")
    assert (run.stdout, run.stderr) == ("[]\n", "")
