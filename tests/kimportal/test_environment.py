"""What the environment asks for is done, or refused at the start in one sentence that names the variable."""

import os
import re
import runpy
import subprocess
import sys

import pytest
from django.conf import settings
from environs import EnvError

from accounts.privacy import check_contact
from kimportal import environment
from kimportal.environment import Refused

HERE = "postgres://kim:rahasia@db.example.go.id:5433/kim"


@pytest.fixture(autouse=True)
def nothing_asked(monkeypatch):
    for name in [name for name in os.environ if name.startswith(("EMAIL_", "REDIS_", "PG", "DATABASE_POOLER"))]:
        monkeypatch.delenv(name)


def database(monkeypatch, url):
    monkeypatch.setenv("DATABASE_URL", url)
    return environment.database()


def test_the_options_of_a_database_reach_it(monkeypatch, tmp_path):
    certificate = tmp_path / "akar.crt"
    certificate.touch()

    made = database(monkeypatch, f"{HERE}?sslmode=verify-full&sslrootcert={certificate}&connect_timeout=2")

    assert made["HOST"] == "db.example.go.id"
    asked = {"sslmode": "verify-full", "sslrootcert": str(certificate), "connect_timeout": "2"}
    assert made["OPTIONS"].items() >= asked.items()


def test_the_settings_keep_them_beside_the_pool():
    facts = run(
        "import django.conf; print(django.conf.settings.DATABASES['default']['OPTIONS'])", f"{HERE}?sslmode=require"
    )

    assert "'sslmode': 'require'" in facts.stdout
    assert "'pool': {" in facts.stdout


def test_a_database_that_is_asked_nothing_is_waited_for_five_seconds(monkeypatch):
    assert database(monkeypatch, HERE)["OPTIONS"]["connect_timeout"] == "5"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nonsense",
        "sqlite:///kim.db",
        "postgis://kim@127.0.0.1/kim",
        "postgres://kim:per#nt@127.0.0.1/kim",
        "postgres://kim@[::1/kim",
        "postgres://a:5432,b:5432/kim",
        f"{HERE}?sslmode=verify-ful",
        f"{HERE}?sslmod=verify-full",
        f"{HERE}?sslmode=",
        f"{HERE}?sslmode",
        f"{HERE}?sslmode=require&sslmode=disable",
        f"{HERE}?sslmode=verify-full&sslrootcert=/tidak/ada.crt",
        f"{HERE}?sslmode=require&sslrootcert=system",
        f"{HERE}?target_session_attrs=apa",
        f"{HERE}?pool=true",
        f"{HERE}?isolation_level=2",
        f"{HERE}?client_encoding=latin1",
        f"{HERE}?host=lain.example.go.id",
        f"{HERE}#utama",
        "postgres://kim@%2Fvar%2Frun%2Fpostgresql/kim?sslmode=verify-full",
        "postgres:///kim?sslmode=require",
        "postgres:///kim?host=/var/run/postgresql&sslmode=verify-ca",
    ],
)
def test_what_a_database_cannot_be_asked_is_refused(monkeypatch, url):
    with pytest.raises(Refused, match=r"^DATABASE_URL ") as refusal:
        database(monkeypatch, url)

    assert "\n" not in str(refusal.value)
    assert "rahasia" not in str(refusal.value)


@pytest.mark.parametrize(
    "url",
    [
        "postgres:///kim?host=/var/run/postgresql",
        "postgresql://kim@[::1]/kim?sslmode=verify-full&sslrootcert=system",
        f"{HERE}?options=-c%20statement_timeout%3D5000",
        f"{HERE}?assume_role=kim_app",
        f"{HERE}?currentSchema=portal",
        "postgres://kim:p%23nt%3F@127.0.0.1/kim",
    ],
)
def test_what_a_database_can_be_asked_is_taken(monkeypatch, url):
    assert database(monkeypatch, url)["NAME"] == "kim"


def test_with_a_pooler_nothing_is_streamed(monkeypatch):
    assert not database(monkeypatch, HERE)["DISABLE_SERVER_SIDE_CURSORS"]
    monkeypatch.setenv("DATABASE_POOLER", "1")

    assert database(monkeypatch, HERE)["DISABLE_SERVER_SIDE_CURSORS"]


@pytest.mark.parametrize("option", ["assume_role=kim_app", "options=-c%20work_mem%3D64MB", "currentSchema=portal"])
def test_what_a_pooler_would_forget_is_refused(monkeypatch, option):
    monkeypatch.setenv("DATABASE_POOLER", "1")

    with pytest.raises(Refused, match="DATABASE_POOLER"):
        database(monkeypatch, f"{HERE}?{option}")


def test_with_pghost_a_database_without_a_host_may_have_tls(monkeypatch):
    monkeypatch.setenv("PGHOST", "db.example.go.id")

    assert database(monkeypatch, "postgres:///kim?sslmode=require")["OPTIONS"]["sslmode"] == "require"


@pytest.mark.parametrize(
    "url",
    [
        "redis://127.0.0.1:6379/0",
        "rediss://:p%23nt@cache.example.go.id/1?ssl_cert_reqs=required",
        "unix:///run/r.sock?db=1",
    ],
)
def test_a_cache_that_can_be_reached_as_asked_is_taken(monkeypatch, url):
    monkeypatch.setenv("REDIS_URL", url)

    assert environment.redis_url() == url


@pytest.mark.parametrize(
    "url",
    [
        "memcached://127.0.0.1",
        "redis://127.0.0.1/satu",
        "redis://127.0.0.1/0?ssl_cert_reqs=required",
        "rediss://127.0.0.1/0?ssl_cert_reqs=tentu",
        "rediss://127.0.0.1/0?ssl_ca_certs=/tidak/ada.crt",
        "rediss://127.0.0.1/0?tls=1",
        "redis://127.0.0.1/0?socket_timeout=sebentar",
        "redis://127.0.0.1:port/0",
    ],
)
def test_what_a_cache_cannot_be_asked_is_refused(monkeypatch, url):
    monkeypatch.setenv("REDIS_URL", url)

    with pytest.raises(Refused, match=r"^REDIS_URL "):
        environment.redis_url()


@pytest.mark.parametrize(
    ("asked", "done"),
    [
        ({}, {"port": 587, "use_tls": True, "use_ssl": False}),
        ({"EMAIL_USE_SSL": "1"}, {"port": 465, "use_tls": False, "use_ssl": True}),
        ({"EMAIL_USE_TLS": "0", "EMAIL_PORT": "25"}, {"port": 25, "use_tls": False, "use_ssl": False}),
    ],
)
def test_a_mail_server_is_spoken_to_as_asked(monkeypatch, asked, done):
    for name, value in (asked | {"EMAIL_HOST": "smtp.example.go.id"}).items():
        monkeypatch.setenv(name, value)

    assert environment.mailer()["OPTIONS"].items() >= done.items()


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ({"EMAIL_USE_SSL": "1", "EMAIL_USE_TLS": "1"}, "EMAIL_USE_TLS"),
        ({"EMAIL_PORT": "465"}, "EMAIL_PORT"),
        ({"EMAIL_USER": "portal"}, "EMAIL_USER"),
        ({"EMAIL_HOST_PASSWORD": "rahasia"}, "EMAIL_HOST_PASSWORD"),
        ({"EMAIL_SSL_CERTFILE": "/etc/x.crt"}, "EMAIL_SSL_CERTFILE"),
    ],
)
def test_what_a_mail_server_cannot_be_asked_is_refused(monkeypatch, asked, named):
    for name, value in asked.items():
        monkeypatch.setenv(name, value)

    with pytest.raises(Refused, match=named):
        environment.mailer()


@pytest.mark.parametrize(
    ("text", "sender"),
    [
        ("Portal KIM <portal@kim.example.go.id>", "Portal KIM <portal@kim.example.go.id>"),
        ("Dinas Kominfo, Persandian <a@kim.example.go.id>", '"Dinas Kominfo, Persandian" <a@kim.example.go.id>'),
        ('"Dinas Kominfo, Persandian" <a@kim.example.go.id>', '"Dinas Kominfo, Persandian" <a@kim.example.go.id>'),
        ("portal@kim.example.go.id", "portal@kim.example.go.id"),
    ],
)
def test_the_sender_is_one_name_and_one_address(monkeypatch, text, sender):
    monkeypatch.setenv("DEFAULT_FROM_EMAIL", text)

    assert environment.sender() == sender


@pytest.mark.parametrize("text", ["Portal KIM", "Portal <portal>>", "a@b.id, c@d.id", "Portal\nBcc: x <a@b.id>"])
def test_a_sender_that_is_none_is_refused(monkeypatch, text):
    monkeypatch.setenv("DEFAULT_FROM_EMAIL", text)

    with pytest.raises(Refused, match=r"^DEFAULT_FROM_EMAIL "):
        environment.sender()


@pytest.mark.parametrize("url", ["kim.example.go.id", "https://", "https://kim.example.go.id/portal", "ftp://kim.id"])
def test_an_address_that_is_none_is_refused(monkeypatch, url):
    monkeypatch.setenv("SITE_URL", url)

    with pytest.raises(Refused, match=r"^SITE_URL "):
        environment.site_url()


def run(program, url):
    facts = {"DATABASE_URL": url, "SECRET_KEY": "k" * 50, "DJANGO_SETTINGS_MODULE": "kimportal.settings"}
    return subprocess.run(
        [sys.executable, "-c", program], cwd=settings.BASE_DIR, env=facts, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    "program",
    ["import runpy, sys; sys.argv = ['manage.py', 'check']; runpy.run_path('manage.py', run_name='__main__')",
     "import kimportal.wsgi"],
    ids=["manage.py", "wsgi"],
)  # fmt: skip
def test_a_process_that_is_refused_says_one_sentence_and_ends(program):
    ended = run(program, f"{HERE}?sslmode=verify-ful")

    assert ended.returncode != 0
    assert ended.stderr.startswith("DATABASE_URL ")
    assert ended.stderr.count("\n") == 1


@pytest.mark.parametrize("contact", ["", "privasi@kim.example.go.id", "https://kim.example.go.id/privasi"])
def test_whom_to_ask_about_data_is_an_address_or_a_page(monkeypatch, contact):
    monkeypatch.setenv("PRIVACY_CONTACT", contact)

    assert environment.privacy_contact() == contact


@pytest.mark.parametrize("contact", ["Kantor kami", "javascript:alert(1)", "https://", "a@b@c", "a@b\r\nBcc: c@d"])
def test_what_is_neither_is_refused(monkeypatch, contact):
    monkeypatch.setenv("PRIVACY_CONTACT", contact)

    with pytest.raises(Refused, match="PRIVACY_CONTACT"):
        environment.privacy_contact()


def test_a_portal_that_names_nobody_is_told_so(settings):
    settings.PRIVACY_CONTACT = ""
    assert [warning.id for warning in check_contact()] == ["accounts.W002"]
    settings.PRIVACY_CONTACT = "privasi@kim.example.go.id"
    assert check_contact() == []


def test_pages_are_made_by_django_where_the_native_engine_is_not_there_or_not_wanted(monkeypatch):
    django = "django.template.backends.django.DjangoTemplates"
    monkeypatch.setenv("KIM_TEMPLATES", "django")
    assert environment.template_engine() == django

    monkeypatch.setenv("KIM_TEMPLATES", "rust")
    monkeypatch.setitem(sys.modules, "django_rust_templates", None)  # as where it cannot be loaded
    assert environment.template_engine() == django

    monkeypatch.setitem(sys.modules, "django_rust_templates", sys)
    assert environment.template_engine() == "django_rust_templates.RustTemplates"

    monkeypatch.setenv("KIM_TEMPLATES", "jinja")
    with pytest.raises(EnvError, match="KIM_TEMPLATES"):
        environment.template_engine()


# For benchmarks, development and demonstration alone.
NOT_OF_PRODUCTION = {"CARD_STORE", "DEBUG", "DEMONSTRATION", "DEMO_SECRET", "PAGE_STORE"}


def test_every_variable_is_explained_and_in_the_file_to_start_from():
    sources = [*(settings.BASE_DIR / "kimportal").glob("*.py"), settings.BASE_DIR / "gunicorn.conf.py"]
    reading = re.compile(r"""\b(?:env(?:iron\.get|\.\w+)?|(?:environment\.)?number)\("([A-Z_]+)["]""")
    read = {name for path in sources for name in reading.findall(path.read_text()) if not name.startswith("PG")}
    read |= {"DATABASE_URL", "REDIS_URL"}
    explained = (settings.BASE_DIR / "docs" / "deploy.md").read_text()
    example = (settings.BASE_DIR / "docs" / "production.env.example").read_text()

    assert len(read) > 25
    assert {name for name in read - NOT_OF_PRODUCTION if f"`{name}`" not in explained} == set()
    assert {name for name in read - NOT_OF_PRODUCTION if not re.search(rf"^#?{name}=", example, re.M)} == set()


@pytest.mark.parametrize(
    "urls", ["nonsense", "ftp://10.0.0.5:6081", "http://10.0.0.5:99999", "http://10.0.0.5:0", "http://a:b@c:1"]
)
def test_an_edge_that_cannot_be_reached_is_named(monkeypatch, urls):
    monkeypatch.setenv("EDGES", f"http://10.0.0.5:6081,{urls}")

    with pytest.raises(Refused, match="EDGES"):
        environment.edges()


@pytest.mark.parametrize("text", ["abc", "-1", "1.5", "", "١٢", "9" * 30, "0", "11"])
def test_a_number_that_is_none_or_too_small_or_large_is_named(monkeypatch, text):
    monkeypatch.setenv("TRUSTED_PROXY_COUNT", text)

    with pytest.raises(Refused, match=r"^TRUSTED_PROXY_COUNT must be a whole number from 1 to 10, such as 2\.$"):
        environment.number("TRUSTED_PROXY_COUNT", 2, least=1, most=10)


def test_a_number_is_taken_or_is_the_default(monkeypatch):
    assert environment.number("TRUSTED_PROXY_COUNT", 2) == 2
    monkeypatch.setenv("TRUSTED_PROXY_COUNT", "3")
    assert environment.number("TRUSTED_PROXY_COUNT", 2) == 3


@pytest.mark.parametrize("number", ["tiga", "0", "-1", "1.5"])
def test_gunicorn_begins_with_no_number_of_workers_that_is_none(monkeypatch, number):
    monkeypatch.setenv("WEB_CONCURRENCY", number)

    with pytest.raises(SystemExit, match="WEB_CONCURRENCY"):
        runpy.run_path(str(settings.BASE_DIR / "gunicorn.conf.py"))


def test_copies_with_a_comma_between_them_are_not_one_of_a_strange_name(monkeypatch):
    monkeypatch.setenv("REPLICA_URL", f"{HERE},{HERE}")

    with pytest.raises(Refused, match=r"^REPLICA_URL names several databases with blanks"):
        environment.replicas()


def test_a_redis_for_pages_alone_is_not_passed_over(monkeypatch):
    monkeypatch.setenv("REDIS_PAGES_URL", "redis://127.0.0.1/1")

    with pytest.raises(Refused, match="REDIS_PAGES_URL needs REDIS_URL"):
        environment.redis_url("REDIS_PAGES_URL")
