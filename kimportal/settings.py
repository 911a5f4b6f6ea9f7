"""The settings of the portal, read from the environment and safe by default.

`docs/deploy.md` lists every variable. Only `./kim` on loopback asks for DEMONSTRATION or DEBUG.
"""

import ipaddress
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.csp import CSP
from environs import validate

from kimportal import environment, logs, static_headers
from kimportal.environment import env
from kimportal.pooling import check

BASE_DIR = Path(__file__).resolve().parent.parent


def is_loopback(server):
    """Whether a host, with a port or as a URL, is this computer alone."""
    host = urlsplit(server if "//" in server else f"//{server}").hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


# Safety ---------------------------------------------------------------------------------------------------------------

DEBUG = env.bool("DEBUG", False)
SECRET_KEY = environment.secret_key()
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", [])

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
SITE_URL = environment.site_url()
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", [])

# A portal to try on one's own computer: plain HTTP, and officers whose code everyone there may see (`./kim kode`).
DEMONSTRATION = env.bool("DEMONSTRATION", False)
if DEMONSTRATION and not all(map(is_loopback, [*ALLOWED_HOSTS, SITE_URL, env.str("BIND", "127.0.0.1")])):
    raise environment.Refused("DEMONSTRATION is for loopback addresses alone: ALLOWED_HOSTS, SITE_URL and BIND.")
DEMO_SECRET = env.str("DEMO_SECRET", "") if DEMONSTRATION else ""

# HTTPS is the rule; only development and demonstration, on loopback, go without.
HTTPS = not (DEBUG or DEMONSTRATION)
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = environment.number("SECURE_HSTS_SECONDS", 365 * 24 * 3600) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", False) else None
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF, CSP.NONCE],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "worker-src": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "object-src": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}

# __Host- cookies are bound to this host over HTTPS; browsers refuse the prefix on plain HTTP.
COOKIE_PREFIX = "__Host-" if HTTPS else ""
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sesi"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrf"
CSRF_FAILURE_VIEW = "kimportal.errors.csrf_failure"

# The application ------------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "pages",
    "regions",
    "accounts",
    "communities",
    "bulletins",
    "aspirations",
    "activities",
    "alerts",
    "evaluations",
    "monitoring",
    "kimportal",
    "accounts.apps.DeskConfig",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "kimportal.apps.AskedForStaticFiles",
    "django.contrib.postgres",
    "django_filters",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks_db",
    "pgtrigger",
    "pghistory",
]
# What fills a portal with invented rows is there only where somebody asked for them.
if not HTTPS:
    INSTALLED_APPS += ["demo", "bench"]

MIDDLEWARE = [
    "kimportal.request_ids.request_ids",
    "kimportal.middleware.only_headers",
    "django.middleware.security.SecurityMiddleware",
    "kimportal.middleware.security_headers",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "kimportal.health.probes",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kimportal.middleware.open_data",
    "pages.page_store.page_store",
    "kimportal.middleware.language",
    "kimportal.middleware.cache_control",
    "kimportal.middleware.no_nul",
    "kimportal.zipped.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "kimportal.middleware.OnlyForReading",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kimportal.middleware.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "kimportal.middleware.only_by_a_button",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.OfficerMiddleware",
    "accounts.middleware.AuditMiddleware",
    "pages.going_back.GoingBack",
    "pages.typed.given_back",
    "pages.twice.answered",
]

# Numbers for Prometheus, at /metrics for this machine alone.
METRICS = env.bool("METRICS", False)
if METRICS:
    MIDDLEWARE.insert(0, "kimportal.metrics.measured")

ROOT_URLCONF = "kimportal.urls"
WSGI_APPLICATION = "kimportal.wsgi.application"

TEMPLATES = [
    {
        "NAME": "django",
        "BACKEND": environment.template_engine(),
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kimportal.context_processors.site",
            ],
        },
    },
]

# The desk asks for Django's own engine; the native one takes its options, and its tests are Django's.
SILENCED_SYSTEM_CHECKS = ["admin.E403"]

# Forms look alike everywhere: templates/django/forms/.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Data -----------------------------------------------------------------------------------------------------------------

REPLICAS = environment.replicas()
DATABASES = {"default": environment.database()} | REPLICAS
# A connection per request would halve the throughput. One is looked at before it is used: PostgreSQL may have been
# started again. With the database away a page waits for three seconds, and the pool never stops asking for long.
for alias, server in DATABASES.items():
    server["OPTIONS"]["pool"] = {
        "min_size": 1,
        "max_size": environment.number("DATABASE_POOL_SIZE", 8, least=1, most=1000),
        "timeout": 3,
        "reconnect_timeout": 3,
        "check": partial(check, alias),
    }
# Of copies, pages of people whom nobody knows are read (pages/replicas.py).
if REPLICAS:
    DATABASE_ROUTERS = ["pages.replicas.ReadersRouter"]
    MIDDLEWARE.insert(MIDDLEWARE.index("pages.page_store.page_store") + 1, "pages.replicas.ReadFromCopies")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = environment.caches(environment.redis_url(), environment.redis_url("REDIS_PAGES_URL"))
# The folder in which nginx (deploy/nginx.conf) looks up which of its kept answers it may still serve.
PROXY_GENERATIONS = Path(folder) if (folder := env.str("PROXY_GENERATIONS", "")) else None
# Caches that keep pages until they change (deploy/varnish.vcl).
EDGES = environment.edges()
# Off in the benchmarks alone, to see what a page costs by itself.
PAGE_STORE = env.bool("PAGE_STORE", True)
CARD_STORE = env.bool("CARD_STORE", True)

STORAGES = {
    "default": environment.files(),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "kimportal.static_files.HashedStaticFiles"
    },
}
STATIC_URL = "/static/"
WHITENOISE_ADD_HEADERS_FUNCTION = static_headers.loaded_elsewhere
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
# In development the files are served where they lie, and nothing is gathered.
STATIC_ROOT = env.path("STATIC_ROOT", BASE_DIR / "staticfiles")
# The documentation of the API has styles and scripts of django-ninja; as an installed app each process would load it.
STATICFILES_DIRS = [BASE_DIR / "static", ("ninja", Path(find_spec("ninja").origin).parent / "static/ninja")]
# Never served as a folder: photos go through a view that asks whether their post is published.
MEDIA_ROOT = env.path("MEDIA_ROOT", BASE_DIR / "media")
# With files in a bucket: nginx fetches them there, by URLs that the portal signs (pages/bucket.py).
FILES_BY_NGINX = env.bool("FILES_BY_NGINX", False)
if FILES_BY_NGINX and not env.str("S3_BUCKET", ""):
    raise environment.Refused("FILES_BY_NGINX needs S3_BUCKET: files of a folder are handed out by the portal itself.")

KIM_REFERENCE_DATA = env.path("KIM_REFERENCE_DATA", BASE_DIR.parent / "shared" / "data")

# By one IP address; 0 for no limit.
SEARCHES_PER_MINUTE = environment.number("SEARCHES_PER_MINUTE", 120)

# For how long an officer may take a decision back; only then it is done and told. 0: it is done at once.
UNDO_SECONDS = environment.number("UNDO_SECONDS", 30, most=600)

# So many days after a matter is over it is forgotten who sent it.
ASPIRATIONS_FORGET_DAYS = environment.number("ASPIRATIONS_FORGET_DAYS", 180, least=15, most=36500)

# To whom people turn about what is known of them; the page on privacy says so (UU 27/2022).
PRIVACY_CONTACT = environment.privacy_contact()

# People ---------------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "workspace"
LOGOUT_REDIRECT_URL = "home"

# Signing in, up and again is django-allauth's; the words and pages are ours (accounts/forms.py, templates/account/).
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {
    "login": "accounts.forms.LoginForm",
    "signup": "accounts.forms.SignupForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.NewPasswordForm",
    "add_email": "accounts.forms.AddEmailForm",
}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
# No ..._SUPPORTS_CHANGE: allauth offers the change only to new e-mail addresses, which tells the known ones.
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Portal KIM: "
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# Wrong codes of a second factor; wrong passwords are counted as accounts/password_attempts.py says.
ACCOUNT_RATE_LIMITS = {
    "reset_password": "20/m/ip,10/h/key",
    "login_failed": "60/m/ip,5/5m/key",
    # An office shares an IP address; allauth's own 30 are used up by one who hammers.
    "login": "120/m/ip",
}
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
# Eight digits, of which three may be guessed: safe to type on a phone, hopeless to try out.
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
# The IP address that the limits count is the one the last proxy of ours saw, never one that a visitor claims.
ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("TRUSTED_PROXY_COUNT", int(env.bool("BEHIND_PROXY", False)), most=10)
MFA_ADAPTER = "accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "activate_totp": "accounts.authenticator_app.ActivateAppForm",
    "add_webauthn": "accounts.passkeys.AddPasskeyForm",
    "edit_webauthn": "accounts.passkeys.NamePasskeyForm",
    "authenticate_webauthn": "accounts.passkeys.UsePasskeyForm",
    "reauthenticate_webauthn": "accounts.passkeys.UsePasskeyAgainForm",
}
# Passkeys are of an origin over HTTPS; a browser makes an exception of its own for localhost, as we do there.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_TOTP_ISSUER = "Portal KIM"
# Village phones are off by half a minute.
MFA_TOTP_TOLERANCE = 1

# Words and time -------------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
FORMAT_MODULE_PATH = "kimportal.formats"
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True

# Mail -----------------------------------------------------------------------------------------------------------------

DEFAULT_FROM_EMAIL = environment.sender()
SERVER_EMAIL = DEFAULT_FROM_EMAIL

MAILERS = {"default": environment.mailer()}

# Telling people otherwise --------------------------------------------------------------------------------------------

# Web Push is off without a key.
VAPID_PRIVATE_KEY, VAPID_CONTACT = environment.push_key()
# Where browsers are reached: hosts with all below them, or whole origins. Nothing is ever sent to another.
PUSH_SERVICES = env.list("PUSH_SERVICES", environment.PUSH_SERVICES)

# Networks inside which other systems may be told what happens, beside the whole Internet.
WEBHOOK_NETWORKS = environment.webhook_networks()

# Chats are off without a token; writing by chat also without a secret.
TELEGRAM_BOT_TOKEN, TELEGRAM_WEBHOOK_SECRET = environment.telegram()
TELEGRAM_BOT_NAME = env.str("TELEGRAM_BOT_NAME", "").removeprefix("@")
TELEGRAM_API = env.str("TELEGRAM_API", "https://api.telegram.org").rstrip("/")
WHATSAPP_TOKEN, WHATSAPP_PHONE_ID, WHATSAPP_APP_SECRET, WHATSAPP_VERIFY_TOKEN = environment.whatsapp()
WHATSAPP_NUMBER = env.str("WHATSAPP_NUMBER", "").removeprefix("+")
WHATSAPP_API = env.str("WHATSAPP_API", "https://graph.facebook.com/v23.0").rstrip("/")

# Jobs: `manage.py db_worker` does what a request should not wait for, `manage.py tick` what is due.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Logging --------------------------------------------------------------------------------------------------------------

LOG_LEVEL = env.str("LOG_LEVEL", "WARNING", validate=validate.OneOf(logs.LEVELS))
LOG_FORMAT = env.str("LOG_FORMAT", "line", validate=validate.OneOf(list(logs.FORMATS)))
LOGGING = logs.configuration(LOG_FORMAT, LOG_LEVEL)
# Our mistakes are told to Sentry where this names one.
SENTRY_DSN = environment.sentry()
