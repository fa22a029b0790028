"""Settings: flat, from the environment; .env.example names every variable."""

import os
from datetime import timedelta
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

from finder.made_once import made_once
from finder.mail_server import read_mail_server

BASE_DIR = Path(__file__).resolve().parent.parent


def read_env_file(path: Path) -> None:
    """Lines of NAME=value; what the environment says already wins."""
    for line in path.read_text().splitlines() if path.exists() else ():
        name, equals, value = line.strip().partition("=")
        if equals and not name.startswith("#"):
            os.environ.setdefault(name.strip(), value.strip().strip("\"'"))


read_env_file(BASE_DIR / ".env")
VAR_DIR = Path(os.environ.get("FINDER_VAR_DIR") or BASE_DIR / "var")


def flag(name: str, default: bool = False) -> bool:
    return (os.environ.get(name) or str(default)).lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in (os.environ.get(name) or default).split(",") if word.strip()]


def number(name: str, default: int) -> int:
    text = os.environ.get(name) or str(default)
    if not text.isdecimal():
        raise ImproperlyConfigured(f"{name} must be a whole number, 0 or more.")
    return int(text)


DEBUG = flag("DEBUG")
SECRET_KEY = os.environ.get("SECRET_KEY") or made_once(VAR_DIR / "secret_key", get_random_secret_key)
ALLOWED_HOSTS = words("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = words("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "finder",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_filters",
    "django_htmx",
    "pgtrigger",
    "pghistory",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "axes",
]

MIDDLEWARE = [
    "finder.views.headers.private_headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "finder.urls"
WSGI_APPLICATION = "finder.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "finder.context_processors.site",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Database and cache

DATABASE_URL = os.environ.get("DATABASE_URL", "")
EMBEDDED_POSTGRES = {
    "ENGINE": "finder.embedded_postgres",
    "NAME": "finder",
    "USER": "finder",
    "CONN_MAX_AGE": 600,
    "CONN_HEALTH_CHECKS": True,
}
if DATABASE_URL and not DATABASE_URL.startswith(("postgres://", "postgresql://")):
    raise ImproperlyConfigured("DATABASE_URL must read postgres://user:password@host:5432/name.")
DATABASES: dict[str, dict[str, Any]] = {
    "default": {**dj_database_url.parse(DATABASE_URL, conn_max_age=600, conn_health_checks=True)}
    if DATABASE_URL
    else EMBEDDED_POSTGRES
}
DATABASES["default"]["OPTIONS"] = {"connect_timeout": 10} | DATABASES["default"].get("OPTIONS", {})
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

CACHE_URL = os.environ.get("CACHE_URL", "")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": CACHE_URL}
    if CACHE_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

# Languages and time

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True

# Static files

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
# Of Leaflet the files only: as a Django app its package asks for GDAL.
STATICFILES_DIRS = [
    BASE_DIR / "static",
    Path(str(distribution("django-leaflet").locate_file("leaflet/static"))),
]
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # pages name no others
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# The API: it only reads, knows nobody, and answers in JSON

API_RATE = number("API_RATE", 120)
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_PARSER_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "finder.api.negotiation.AlwaysJson",
    "DEFAULT_THROTTLE_CLASSES": ["finder.api.rate_limit.PerAddress"],
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "finder.api.errors.as_json",
    "UNAUTHENTICATED_USER": None,
    "NUM_PROXIES": number("NUM_PROXIES", 0),
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Recovery Finder API",
    "VERSION": "1.0.0",
    "DESCRIPTION": "Detox, treatment and support groups: the search of this site as JSON. Free, no key.",
    "OAS_VERSION": "3.1.0",
    "SORT_OPERATION_PARAMETERS": False,
    "ENUM_NAME_OVERRIDES": {"CareCategory": "finder.enums.CareCategory.choices"},
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
}

# Security and privacy

BEHIND_TLS = flag("BEHIND_TLS")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if BEHIND_TLS else 0
SESSION_COOKIE_SECURE = BEHIND_TLS
CSRF_COOKIE_SECURE = BEHIND_TLS
CSRF_FAILURE_VIEW = "finder.views.errors.form_expired"
SECURE_REFERRER_POLICY = "no-referrer"
# HSTS for the whole domain and preloading: what its other hosts do is the operator's to decide.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Signing in at the desk. Nobody's address is kept: failures are counted under a hash that changes each day.

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesBackend",
    "django.contrib.auth.backends.ModelBackend",
]
REQUIRE_TWO_FACTOR = flag("REQUIRE_TWO_FACTOR", default=BEHIND_TLS)
OTP_TOTP_ISSUER = "Recovery Finder desk"
SESSION_COOKIE_AGE = 60 * 60  # without a click
SESSION_SAVE_EVERY_REQUEST = True  # of sessions that hold something: readers have none
SESSION_ENDS_AFTER = timedelta(hours=12)
AXES_DISABLE_ACCESS_LOG = True
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_CLIENT_IP_CALLABLE = "finder.admin.signing_in.unnamed_address"
AXES_LOCKOUT_CALLABLE = "finder.admin.signing_in.locked_out"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# The log says which page failed and where, never what was asked; no error report is mailed.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "private": {
            "()": "finder.private_log.PrivateFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        },
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "private"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "django.request": {"level": "ERROR"},  # a wrong address can hold words, too
        "axes": {"level": "CRITICAL"},  # it would name who tried, and from where
        "urllib3": {"level": "WARNING"},  # the address of a feed can hold a key
    },
}

# Letters to programs: what is in them leads to this address. See finder/letters/.
MAIL_SERVER = read_mail_server(os.environ.get("EMAIL_URL", ""))
EMAIL_BACKEND = MAIL_SERVER.backend
EMAIL_HOST, EMAIL_PORT = MAIL_SERVER.host, MAIL_SERVER.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL_SERVER.user, MAIL_SERVER.password
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL_SERVER.starts_tls, MAIL_SERVER.is_tls
EMAIL_TIMEOUT = 10  # a reader may be waiting
EMAIL_FILE_PATH = VAR_DIR / "mail"
DEFAULT_FROM_EMAIL = os.environ.get("MAIL_FROM") or "Recovery Finder <recovery-finder@localhost>"
SITE_URL = (os.environ.get("SITE_URL") or "http://127.0.0.1:8000").rstrip("/")
if MAIL_SERVER.sends and not (os.environ.get("MAIL_FROM") and os.environ.get("SITE_URL")):
    raise ImproperlyConfigured(
        "With EMAIL_URL, say MAIL_FROM and SITE_URL too: who writes, and where links lead."
    )

# Searches and plans that find nothing: how many, by day, county and need. See finder/actions/unmet.py.
COUNT_UNMET_NEEDS = flag("COUNT_UNMET_NEEDS", default=True)

# Referral lists that nobody changed for so long are thrown away. See docs/explanation/data-map.md.
LISTS_KEPT_DAYS = number("LISTS_KEPT_DAYS", 90)

# Hosts that meeting feeds may be fetched from; none unless named. See finder/importers/fetching.py.
FEED_HOSTS = words("FEED_HOSTS")

# Where "Leave this site" leads: neutral, quick to load, and no surprise on anyone's screen.
QUICK_EXIT_URL = os.environ.get("QUICK_EXIT_URL") or "https://www.weather.gov/"

# The map's background comes from a tile server of the operator's, or there is none.
MAP_TILES_URL = os.environ.get("MAP_TILES_URL", "")
MAP_TILES_CREDIT = os.environ.get("MAP_TILES_CREDIT", "")

# Who runs this copy; /about/ says so in these words, and says plainly what was left empty.
OPERATOR_NAME = os.environ.get("OPERATOR_NAME", "")
OPERATOR_CONTACT = os.environ.get("OPERATOR_CONTACT", "")
OPERATOR_FUNDING = os.environ.get("OPERATOR_FUNDING", "")
ACCESSIBILITY_CONTACT = os.environ.get("ACCESSIBILITY_CONTACT", "") or OPERATOR_CONTACT
