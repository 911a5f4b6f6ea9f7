"""What the environment asks for: done, or refused at the start in one sentence that names the variable.

A connection that was told how to be safe must never quietly be another one, so nothing here is dropped: an option that
the library behind it does not know, a file that is not there, two variables that contradict each other.
"""

import os
import re
from contextlib import suppress
from email.errors import HeaderParseError
from email.headerregistry import Address
from importlib import import_module
from ipaddress import ip_network
from urllib.parse import parse_qsl, urlsplit

import dj_database_url
from environs import Env, EnvError, validate
from psycopg import ProgrammingError, pq
from psycopg.conninfo import make_conninfo


class Refused(EnvError):
    """A value that the portal cannot do as it says."""


env = Env()

SECRET_LENGTH = 50


def secret_key():
    if len(key := env.str("SECRET_KEY", "")) < SECRET_LENGTH:
        raise Refused(f"SECRET_KEY must have at least {SECRET_LENGTH} characters.")
    return key


def site_url():
    """The URL people use, without a slash at its end."""
    url = env.str("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or url != f"{parts.scheme}://{parts.netloc}":
        raise Refused("SITE_URL must be an address without a path, such as https://kim.example.go.id.")
    return url


def query_of(name, url):
    """The options behind the `?` of a URL; each is there once and says something."""
    try:
        parts = urlsplit(url)
        asked = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
    except ValueError as error:
        raise Refused(f"{name} is not a URL: write % and two digits for special signs in a password.") from error
    options = dict(asked)
    if parts.fragment or len(options) < len(asked) or not all(options.values()):
        raise Refused(f"{name} has an option without a value, one that comes twice, or a # (write %23).")
    return options


def require_files(name, options, keys):
    for key in keys & options.keys():
        if not os.access(options[key], os.R_OK):
            raise Refused(f"{name} names a file as {key} that cannot be read: {options[key]}.")


# PostgreSQL -----------------------------------------------------------------------------------------------------------

# A server that is gone is noticed in seconds, not in minutes; DATABASE_URL may say otherwise.
PATIENCE = {
    "connect_timeout": "5",
    "keepalives_idle": "30",
    "keepalives_interval": "10",
    "keepalives_count": "3",
    "tcp_user_timeout": "30000",  # milliseconds
}
EXAMPLE = "such as postgres://kim:secret@127.0.0.1/kim"
PLACES = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
DATABASE_FILES = {"sslrootcert", "sslcert", "sslkey", "sslcrl", "sslcrldir", "passfile"}
WITH_TLS = {"require", "verify-ca", "verify-full"}
# What is said of a connection once, and a pooler forgets between two transactions.
OF_SESSION = {"assume_role", "options"}


def number(name, default, *, least=0, most=2**31 - 1):
    """The whole number, in the digits 0 to 9, that a variable holds."""
    text = env.str(name, str(default))
    if not (text.isascii() and text.isdecimal() and len(text) < 20 and least <= int(text) <= most):
        raise Refused(f"{name} must be a whole number from {least} to {most}, such as {default}.")
    return int(text)


def replicas(name="REPLICA_URL"):
    """Django's settings for each copy of the database, by the alias that it has here; as many as there are URLs."""
    urls = env.str(name, "").split()
    if any(re.search(r",\w+://", url) for url in urls):
        raise Refused(f"{name} names several databases with blanks between them, not commas.")
    mirror = {"TEST": {"MIRROR": "default"}}
    return {f"copy{number}": database(name, url) | mirror for number, url in enumerate(urls, 1)}


def database(name="DATABASE_URL", url=None):
    """Django's settings for the database that a variable names."""
    url = env.str(name, "") if url is None else url
    options = query_of(name, url)
    try:
        server = dj_database_url.parse(url)
    except ValueError as error:
        raise Refused(f"{name} must be the URL of a PostgreSQL database, {EXAMPLE}.") from error
    if server["ENGINE"] != "django.db.backends.postgresql":
        raise Refused(f"{name} must be the URL of a PostgreSQL database, {EXAMPLE}.")
    if schema := options.pop("currentSchema", None):
        options["options"] = f"-c search_path={schema}"
    if twice := [key for key, place in PLACES.items() if key in options and server[place]]:
        raise Refused(f"{name} says {twice[0]} twice, before the ? and after it.")
    require_libpq_to_agree(name, options)
    require_files(name, {key: path for key, path in options.items() if path != "system"}, DATABASE_FILES)
    if options.get("sslmode") in WITH_TLS and is_socket(server, options):
        raise Refused(f"{name} asks for sslmode={options['sslmode']}, but a Unix socket has no TLS.")
    pooler = env.bool("DATABASE_POOLER", False)
    if pooler and (lost := OF_SESSION & options.keys()):
        raise Refused(f"{name} asks for {min(lost)}, which does not outlive a transaction with DATABASE_POOLER.")
    # A question of pages/questions.py is planned once for each connection, from its sixth time on. With a pooler that
    # plan, as the rows of a streamed answer, would be on a connection that somebody else has by then.
    options |= {"prepare_threshold": None if pooler else 5}
    return server | {"OPTIONS": PATIENCE | options, "DISABLE_SERVER_SIDE_CURSORS": pooler}


def require_libpq_to_agree(name, options):
    """Have libpq read the options: it does so before it looks for the server, here at a place where none can be."""
    # SET ROLE after connecting is Django's doing.
    asked = {key: value for key, value in options.items() if key not in ("assume_role", "host", "hostaddr")}
    if "client_encoding" in asked:
        raise Refused(f"{name} asks for client_encoding, which is always UTF8.")
    try:
        words = make_conninfo(**asked, host="/dev/null")
    except ProgrammingError as error:
        raise Refused(f"{name} has an option that PostgreSQL does not know: {str(error).strip()}.") from error
    answer = pq.PGconn.connect_start(words.encode()).error_message.decode().strip()
    if not answer.startswith("connection to server"):
        raise Refused(f"{name} has an option that PostgreSQL does not take: {answer}.")


def is_socket(server, options):
    host = server["HOST"] or options.get("host") or os.environ.get("PGHOST", "")
    named_elsewhere = options.keys() & {"hostaddr", "service"} or os.environ.keys() & {"PGHOSTADDR", "PGSERVICE"}
    return host.startswith(("/", "@")) or not (host or named_elsewhere)


# Redis ----------------------------------------------------------------------------------------------------------------

CACHE_FILES = {"ssl_ca_certs", "ssl_certfile", "ssl_keyfile", "ssl_ca_path"}


def redis_url(name="REDIS_URL"):
    """The URL of the shared cache; empty for none."""
    url = env.str(name, "")
    if not url:
        return ""
    if name != "REDIS_URL" and not env.str("REDIS_URL", ""):
        raise Refused(f"{name} needs REDIS_URL beside it.")
    # It takes 6 MB of each process, which those without Redis do not need.
    from redis import ConnectionPool, RedisError
    from redis.connection import URL_QUERY_ARGUMENT_PARSERS

    options = query_of(name, url)
    if unknown := [key for key in options if key not in URL_QUERY_ARGUMENT_PARSERS and not key.startswith("ssl_")]:
        raise Refused(f"{name} has an option that the portal does not know: {unknown[0]}.")
    require_files(name, options, CACHE_FILES)
    parts = urlsplit(url)
    if parts.scheme in ("redis", "rediss") and not parts.path.strip("/").isdecimal() and parts.path.strip("/"):
        raise Refused(f"{name} must end in the number of a database, such as redis://127.0.0.1:6379/0.")
    try:
        ConnectionPool.from_url(url).make_connection()
    except (RedisError, TypeError, ValueError) as error:
        raise Refused(f"{name} cannot be used as it is: {error}") from error
    return url


def redis_options():
    from redis.backoff import NoBackoff
    from redis.exceptions import ConnectionError as RedisConnectionError
    from redis.retry import Retry

    return {
        # A cache that does not answer in half a second is away; nobody waits for it (pages/caches.py).
        "socket_connect_timeout": 0.5,
        "socket_timeout": 0.5,
        # Once more at once, for connections that Redis closed when it was started again.
        "retry": Retry(NoBackoff(), 1, supported_errors=(RedisConnectionError,)),
    }


def caches(url, url_of_pages=""):
    """Django's settings for what all workers share: in Redis where there is one, else in a table.

    The rate limits of signing in are in `default`. Stored pages have a table of their own, or a Redis of their own that
    may forget, so that a flood of URLs does not push the limits out. Since when a page is as it is must not be guessed:
    `stamps` are asked strictly.
    """
    return {
        "default": shared_cache(url, "Forgiving", "cache_entries", 100_000),
        "stamps": shared_cache(url, "Guarded", "cache_entries", 100_000),
        "pages": shared_cache(url_of_pages or url, "Guarded", "cache_pages", 20_000),
    }


def shared_cache(url, manner, table, most_entries):
    if url:
        place = {"LOCATION": [url], "KEY_PREFIX": table, "OPTIONS": redis_options()}
        return {"BACKEND": f"pages.caches.{manner}Redis"} | place
    place = {"LOCATION": table, "OPTIONS": {"MAX_ENTRIES": most_entries}}
    return {"BACKEND": f"pages.caches.{manner}Table"} | place


def is_open(parts):
    """Whether an address that was taken apart names a port that can be, and no user; ValueError for no number."""
    return parts.port != 0 and "@" not in parts.netloc


def edges(name="EDGES"):
    """Where the caches at the edge take what changed, as `http://host:port`; empty for none."""
    urls = env.list(name, [])
    for url in urls:
        with suppress(ValueError):  # of a port that is none
            parts = urlsplit(url)
            if parts.scheme == "http" and parts.hostname and url == f"http://{parts.netloc}" and is_open(parts):
                continue
        raise Refused(f"{name} must be addresses such as http://10.0.0.5:6081, with commas between them.")
    return urls


# Files ----------------------------------------------------------------------------------------------------------------


def is_web_address(url):
    with suppress(ValueError):  # of a port that is none
        parts = urlsplit(url)
        return bool(parts.scheme in ("http", "https") and parts.hostname and is_open(parts))
    return False


def files():
    """Django's settings for photos and papers: in an S3 store where S3_BUCKET names one, else in MEDIA_ROOT."""
    named = {name: env.str(name, "") for name in ("S3_ENDPOINT", "S3_REGION", "S3_ACCESS_KEY", "S3_SECRET_KEY")}
    bucket = env.str("S3_BUCKET", "")
    if not bucket:
        if lone := [name for name, value in named.items() if value]:
            raise Refused(f"{lone[0]} needs S3_BUCKET beside it.")
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    require_store(bucket, named)
    options = {
        "bucket_name": bucket, "endpoint_url": named["S3_ENDPOINT"] or None, "region_name": named["S3_REGION"] or None,
        "access_key": named["S3_ACCESS_KEY"], "secret_key": named["S3_SECRET_KEY"], "client_config": store_config(),
        "default_acl": None, "querystring_auth": True, "querystring_expire": 60, "file_overwrite": False,
    }  # fmt: skip
    return {"BACKEND": "pages.store.PatientStore", "OPTIONS": options}


def require_store(bucket, named):
    """Refuse what names no store that could be asked."""
    if not named["S3_ACCESS_KEY"] or not named["S3_SECRET_KEY"]:
        raise Refused("S3_BUCKET needs S3_ACCESS_KEY and S3_SECRET_KEY beside it.")
    if named["S3_ENDPOINT"] and not is_web_address(named["S3_ENDPOINT"]):
        raise Refused("S3_ENDPOINT must be the address of an S3 store, such as https://s3.example.go.id.")
    plain = {"S3_BUCKET": bucket, "S3_REGION": named["S3_REGION"]}
    if bad := [name for name, value in plain.items() if re.search(r"[\s/]", value)]:
        raise Refused(f"{bad[0]} is a name without blanks and slashes.")


def store_config():
    """How botocore talks to the store; Refused where its packages are not installed."""
    try:
        from botocore.config import Config

        import_module("storages.backends.s3")
    except ImportError as error:
        raise Refused("S3_BUCKET needs the packages of S3: uv sync --extra s3.") from error
    # Other stores than Amazon's know neither its newer checksums nor buckets as names of hosts.
    return Config(
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        signature_version="s3v4",
        s3={"addressing_style": "path"},
        connect_timeout=2,
        read_timeout=10,
        retries={"total_max_attempts": 2},
    )


# Templates ------------------------------------------------------------------------------------------------------------


def template_engine():
    """The engine of the pages: the native one where it is installed and runs, unless KIM_TEMPLATES says "django"."""
    if env.str("KIM_TEMPLATES", "rust", validate=validate.OneOf(["rust", "django"])) == "rust":
        with suppress(ImportError):
            import_module("django_rust_templates")
            return "django_rust_templates.RustTemplates"
    return "django.template.backends.django.DjangoTemplates"


# Mail -----------------------------------------------------------------------------------------------------------------

MAIL_VARIABLES = {f"EMAIL_{word}" for word in ("HOST", "PORT", "USER", "PASSWORD", "USE_TLS", "USE_SSL")}
SUBMISSIONS_PORT, SUBMISSION_PORT = 465, 587


def mailer():
    """Django's settings for sending mail: by a server, or without one to the log."""
    if unknown := sorted(name for name in os.environ if name.startswith("EMAIL_") and name not in MAIL_VARIABLES):
        raise Refused(f"{unknown[0]} is not a variable of the portal; it knows {', '.join(sorted(MAIL_VARIABLES))}.")
    host, use_ssl = env.str("EMAIL_HOST", ""), env.bool("EMAIL_USE_SSL", False)
    use_tls = env.bool("EMAIL_USE_TLS", not use_ssl)
    port = number("EMAIL_PORT", SUBMISSIONS_PORT if use_ssl else SUBMISSION_PORT, least=1, most=65535)
    username, password = env.str("EMAIL_USER", ""), env.str("EMAIL_PASSWORD", "")
    if use_tls and use_ssl:
        raise Refused("EMAIL_USE_TLS and EMAIL_USE_SSL exclude each other: STARTTLS, or TLS from the first byte.")
    if port == SUBMISSIONS_PORT and not use_ssl:
        raise Refused("EMAIL_PORT 465 speaks TLS from the first byte: set EMAIL_USE_SSL=1 as well.")
    if bool(username) != bool(password):
        raise Refused("EMAIL_USER and EMAIL_PASSWORD belong together: with one of them nobody signs in.")
    if not host:
        return {"BACKEND": "django.core.mail.backends.console.EmailBackend"}
    server = {"host": host, "port": port, "use_tls": use_tls, "use_ssl": use_ssl, "timeout": 10}
    return {
        "BACKEND": "accounts.letters.EmailBackend",
        "OPTIONS": server | {"username": username, "password": password},
    }


def sender(name="DEFAULT_FROM_EMAIL"):
    """One name and one e-mail address; the name may hold commas, as those of offices do."""
    text = env.str(name, "Portal KIM <portal@localhost>").strip()
    named, bracket, address = text.rpartition("<")
    try:
        address = Address(named.strip().strip('"'), addr_spec=address.removesuffix(">") if bracket else text)
    except (ValueError, HeaderParseError) as error:
        raise Refused(f'{name} must be a name and an address, such as "Portal KIM <portal@example.go.id>".') from error
    return str(address)


def privacy_contact():
    """Whom people write to about their data, for a link: an e-mail address or an https:// page; empty for nobody."""
    text = env.str("PRIVACY_CONTACT", "").strip()
    if not text or (text.startswith("https://") and urlsplit(text).hostname):
        return text
    try:
        return Address(addr_spec=text).addr_spec
    except (ValueError, HeaderParseError) as error:
        raise Refused("PRIVACY_CONTACT must be an e-mail address, or an https:// page.") from error


# Web Push -------------------------------------------------------------------------------------------------------------

PUSH_SERVICES = ["fcm.googleapis.com", "push.services.mozilla.com", "notify.windows.com", "push.apple.com"]


def webhook_networks():
    """Networks of our own to which officers may let messages be sent: 10.20.0.0/16."""
    try:
        return [ip_network(text.strip()) for text in env.list("WEBHOOK_NETWORKS", [])]
    except ValueError as error:
        raise Refused("WEBHOOK_NETWORKS must be networks with a comma between them, such as 10.20.0.0/16.") from error


def push_key():
    """The key that signs what browsers are sent, and whom their makers may write to; both empty for no Web Push."""
    key, contact = env.str("VAPID_PRIVATE_KEY", ""), env.str("VAPID_CONTACT", "")
    if bool(key) != bool(contact):
        raise Refused("VAPID_PRIVATE_KEY and VAPID_CONTACT belong together: a key, and whom to write to about it.")
    if key:
        require_push_key(key)
        if not contact.startswith(("mailto:", "https://")):
            raise Refused("VAPID_CONTACT must be mailto: with an e-mail address, or an https:// page.")
    return key, contact


def require_push_key(key):
    try:
        from py_vapid import Vapid
    except ImportError as error:
        raise Refused("VAPID_PRIVATE_KEY needs the packages of Web Push: uv sync --extra push.") from error
    try:
        Vapid.from_string(key)
    except Exception as error:  # whatever it says of what is no key
        raise Refused("VAPID_PRIVATE_KEY must be a key as `manage.py make_push_key` prints it.") from error


# Sentry ---------------------------------------------------------------------------------------------------------------


def sentry():
    """Where our mistakes are told; they are from then on. Empty for nowhere."""
    dsn = env.str("SENTRY_DSN", "")
    if dsn:
        try:
            from kimportal.sentry import begin
        except ImportError as error:
            raise Refused("SENTRY_DSN needs the packages of Sentry: uv sync --extra sentry.") from error
        try:
            begin(dsn)
        except ValueError as error:
            raise Refused(
                "SENTRY_DSN must be the address of a project as Sentry shows it, https://key@host/1."
            ) from error
    return dsn


# Chats ----------------------------------------------------------------------------------------------------------------

# As Telegram takes it back in a header.
WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
BOT_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")


def telegram():
    """The token of a bot and the secret by which Telegram shows that it is it; both empty for no bot."""
    token, secret = env.str("TELEGRAM_BOT_TOKEN", ""), env.str("TELEGRAM_WEBHOOK_SECRET", "")
    if token and not BOT_TOKEN.fullmatch(token):
        raise Refused("TELEGRAM_BOT_TOKEN must be a token as BotFather gives it: a number, a colon and letters.")
    if secret and not token:
        raise Refused("TELEGRAM_WEBHOOK_SECRET needs TELEGRAM_BOT_TOKEN beside it.")
    if secret and not WEBHOOK_SECRET.fullmatch(secret):
        raise Refused("TELEGRAM_WEBHOOK_SECRET must be 16 to 256 letters, digits, - or _.")
    return token, secret


WHATSAPP_VARIABLES = [f"WHATSAPP_{word}" for word in ("TOKEN", "PHONE_ID", "APP_SECRET", "VERIFY_TOKEN")]


def whatsapp():
    """What the Cloud API of WhatsApp is spoken to with, and how it shows that it is it; all empty for none."""
    values = [env.str(name, "") for name in WHATSAPP_VARIABLES]
    if any(values) and not all(values):
        raise Refused(f"{', '.join(WHATSAPP_VARIABLES)} belong together: all of them, or none.")
    return values
