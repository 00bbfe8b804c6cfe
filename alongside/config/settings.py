"""Every setting, from the environment or from a file named by NAME_FILE; nothing secret stands here."""

import base64
import os
import secrets
from collections.abc import Callable
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from environs import Env

from alongside.config.sqlite import use_safe_sqlite

env = Env()
PACKAGE = Path(__file__).resolve().parent.parent

DATA = Path(env.str("ALONGSIDE_DATA", "var")).resolve()
DEMO = env.bool("ALONGSIDE_DEMO", False)
DEBUG = env.bool("ALONGSIDE_DEBUG", False)
PUBLIC_URL = env.str("ALONGSIDE_URL", "http://127.0.0.1:8000").rstrip("/")


# Where each secret lies that came from a file; the start-up check looks at who else may open it.
SECRET_FILES: dict[str, Path] = {}


def _secret(name: str, make: Callable[[], str] = lambda: secrets.token_urlsafe(50)) -> str:
    """Return a secret from NAME, from the file NAME_FILE names, or one made at first start and kept in DATA."""
    if value := env.str(name, ""):
        return value
    path = Path(env.str(f"{name}_FILE", str(DATA / name.lower())))
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(make())
    SECRET_FILES[name] = path
    return path.read_text().strip()


SECRET_KEY = _secret("ALONGSIDE_SECRET_KEY")
# Keys of the vault, one a line, the current one first. Without them originals and old values stay locked for good.
VAULT_KEYS = _secret(
    "ALONGSIDE_VAULT_KEY", lambda: base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
)
ALLOWED_HOSTS = env.list("ALONGSIDE_HOSTS", ["127.0.0.1", "localhost", "[::1]", "testserver"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("ALONGSIDE_TRUSTED_ORIGINS", [])
HTTPS = PUBLIC_URL.startswith("https://")
COOKIE_PREFIX = (
    "__Host-" if HTTPS else ""
)  # browsers keep such a cookie for this host alone, and never over http
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_SSL_REDIRECT = True
    SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}session"
    CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrf"
    LANGUAGE_COOKIE_NAME = f"{COOKIE_PREFIX}language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
# Words for a reader stay on the server: a cookie would carry them to every computer they sit at.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# A list that browsers ship is for whoever owns the whole domain to ask for, which no application can know.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
CSRF_FAILURE_VIEW = "alongside.apps.base.views.expired"
SESSION_COOKIE_AGE = 12 * 3600  # a session ends after this, however busy
SESSION_IDLE_SECONDS = 3600  # and sooner where nobody touches it
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "csp",
    "django_htmx",
    "alongside.config",
    "alongside.apps.base",
    "alongside.apps.people",  # before allauth: our pages take the place of theirs
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "alongside.apps.agreements",
    "alongside.apps.engagement",
    "alongside.apps.insight",
    "alongside.apps.actions",
    "alongside.apps.partnership",
    "alongside.apps.home",
]
MIDDLEWARE = [
    "alongside.config.browser.BrowserRulesMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "alongside.apps.people.middleware.SessionLimitsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "alongside.apps.people.middleware.ViewerMiddleware",
    "alongside.apps.base.middleware.ActingMiddleware",
    "alongside.apps.people.middleware.SecondFactorMiddleware",
    "alongside.apps.base.middleware.RefusalMiddleware",
    "alongside.apps.base.middleware.FaultMiddleware",
]
ROOT_URLCONF = "alongside.config.urls"
WSGI_APPLICATION = "alongside.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "alongside.apps.base.presenters.layout",
            ]
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

DATABASE_URL = env.str("ALONGSIDE_DATABASE_URL", f"sqlite:///{DATA / 'alongside.sqlite3'}")
DATABASES = {"default": dj_database_url.parse(DATABASE_URL, conn_max_age=600, conn_health_checks=True)}
DATABASES["default"]["ATOMIC_REQUESTS"] = False  # with IMMEDIATE, every GET would take the write lock
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    use_safe_sqlite()
    Path(DATABASES["default"]["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
            "PRAGMA journal_size_limit=67108864; PRAGMA secure_delete=ON;"  # what is erased is overwritten
        ),
    }
    DATABASES["default"]["TEST"] = {"NAME": str(DATA / "test.sqlite3")}
else:
    # As patient as SQLite above: somebody who waits longer is told so, instead of looking at a white page.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
    DATABASES["default"]["OPTIONS"].setdefault("options", "-c lock_timeout=20s")
# How long an engagement's words are kept after it ends, unless its lead sets another day.
RETENTION_YEARS = env.int("ALONGSIDE_RETENTION_YEARS", 6)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Person"
LOGIN_URL = "people:login"
LOGIN_REDIRECT_URL = "home:start"
LOGOUT_REDIRECT_URL = "people:login"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",  # what older accounts have; renewed when they sign in
]
PASSWORD_RESET_TIMEOUT = 3600
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
]

# Who signs in, with what. Nobody signs up: people are invited.
ACCOUNT_ADAPTER = "alongside.apps.people.views.adapters.SignInAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # the invitation's link has been opened
ACCOUNT_SESSION_REMEMBER = True  # until the limits above
ACCOUNT_FORMS = {"login": "alongside.apps.people.forms.SignInForm"}
# A whole hospital may stand behind one address, so limits by address are wide; those by account are narrow.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "120/m/ip,6/5m/key",  # codes of the second factor, by account
    "reset_password": "20/m/ip,3/15m/key",
    "reauthenticate": "20/m/user",
}
MFA_ADAPTER = "alongside.apps.people.views.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # so that a passkey alone is something held and something known
MFA_TOTP_TOLERANCE = 1  # telephones' clocks are not exact; a code still works once only (forms.CodeForm)
MFA_FORMS = {
    "authenticate": "alongside.apps.people.forms.CodeForm",
    "activate_totp": "alongside.apps.people.forms.AddAppForm",
    "authenticate_webauthn": "alongside.apps.people.forms.UsePasskeyForm",
    "login_webauthn": "alongside.apps.people.forms.SignInWithPasskeyForm",
}
MFA_RATE_LIMITS = {"webauthn_login": "120/m/ip"}
# How many proxies of your own stand in front; what they add to X-Forwarded-For is believed, nothing else is.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("ALONGSIDE_PROXIES", 0)
# Limits count for all server processes together, so their counters lie in the database.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "alongside_cache",
        "OPTIONS": {
            "MAX_ENTRIES": 100_000
        },  # with the usual 300, a busy morning would throw live counters away
    }
}

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = env.str("ALONGSIDE_TIME_ZONE", "Europe/London")
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = DEBUG
MEDIA_ROOT = DATA / "files"  # uploads: never served from an address
# How long what points to people is kept: the words as they were, an uploaded file, the wrong rows of a file.
ORIGINALS_KEPT_DAYS = env.int("ALONGSIDE_ORIGINALS_KEPT_DAYS", 365)
UPLOADS_KEPT_DAYS = env.int("ALONGSIDE_UPLOADS_KEPT_DAYS", 7)
WRONG_ROWS_KEPT_DAYS = env.int("ALONGSIDE_WRONG_ROWS_KEPT_DAYS", 30)
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
FILE_UPLOAD_TEMP_DIR = None
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 2**20

EMAIL_BACKEND = env.str("ALONGSIDE_EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
EMAIL_HOST = env.str("ALONGSIDE_EMAIL_HOST", "localhost")
EMAIL_PORT = env.int("ALONGSIDE_EMAIL_PORT", 25)
EMAIL_HOST_USER = env.str("ALONGSIDE_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = env.str("ALONGSIDE_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = env.bool("ALONGSIDE_EMAIL_TLS", False)
DEFAULT_FROM_EMAIL = env.str("ALONGSIDE_FROM", "Alongside <alongside@localhost>")

# Within how many working days somebody must look at a concern: "adverse_event=1,urgent_harm=0"; 0 is the same day.
CONCERN_WORKING_DAYS = {
    "default": env.int("ALONGSIDE_CONCERN_DAYS", 1),
    **{
        name: int(value)
        for name, value in dict[str, str](env.dict("ALONGSIDE_CONCERN_DAYS_BY_KIND", {})).items()
    },
}

# An installation carries its own organisation's name, mark and colour.
BRAND = {
    "name": env.str("ALONGSIDE_BRAND_NAME", "Alongside"),
    "organisation": env.str("ALONGSIDE_ORGANISATION", ""),
    "logo": env.str("ALONGSIDE_BRAND_LOGO", ""),
    "colour": env.str("ALONGSIDE_BRAND_COLOUR", ""),
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_secrets": {"()": "alongside.config.logs.WithoutSecrets"}},
    "formatters": {
        "plain": {
            "()": "alongside.config.logs.FaultsWithoutWords",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "filters": ["without_secrets"],
            "formatter": "plain",
        },
        # Django would mail faults with everything that was typed to whoever stands in ADMINS.
        "mail_admins": {"class": "logging.NullHandler"},
    },
    "loggers": {"django": {"handlers": [], "level": "INFO"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
