"""Every setting, by topic. A variable has a default that is right for the demo,
or an error that says what to set."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import environ
import structlog
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from legevakt.logs import without_secrets

env = environ.Env()

# --- Where things are -------------------------------------------------------
BASE_DIR = Path(__file__).resolve().parent.parent
LEGEVAKT_HOME = Path(env.str("LEGEVAKT_HOME", default=str(BASE_DIR / ".legevakt"))).resolve()
UPLOADS_DIR = LEGEVAKT_HOME / "uploads"
DOCUMENTS_DIR = LEGEVAKT_HOME / "documents"
OUTBOX_DIR = LEGEVAKT_HOME / "outbox"

# --- Which version of the code this is, for whoever recomputes a figure -------
PROJECT = tomllib.loads((BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CODE_VERSION = env.str("SOURCE_COMMIT", default=PROJECT["version"])[:40]

# --- What kind of installation this is --------------------------------------
DEMO = env.bool("DEMO", default=False)
DEBUG = env.bool("DEBUG", default=False)
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)


def required(name: str, hint: str) -> str:
    """The variable's value, or an error that tells how to set it."""
    value = env.str(name, default="")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. {hint}")
    return value


def needed_outside_demo(name: str, hint: str, *, demo: str) -> str:
    """The variable's value; the demonstration does without it."""
    return env.str(name, default=demo) if DEMO else required(name, hint)


SITE_URL = needed_outside_demo(
    "SITE_URL",
    "It is the address people use, https://…; links in e-mails begin with it.",
    demo="http://127.0.0.1:8000",
)
SECRET_KEY = required(
    "SECRET_KEY",
    "Use ./run manage …, which makes one, or set it to 50 random characters "
    '(python3 -c "import secrets; print(secrets.token_urlsafe(50))").',
)
if len(SECRET_KEY) < 32 or SECRET_KEY.startswith(("changeme", "django-insecure", "secret")):
    raise ImproperlyConfigured("SECRET_KEY is short or a well-known default. Make a new one.")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])

# --- Applications -------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "guardian",
    "pgtrigger",
    "pghistory",
    "rest_framework",
    "rest_framework_api_key",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_htmx",
    "django_structlog",
    "django_prometheus",
    "health_check",
    "django_migration_linter",
    "municipalities",
    "callstats",
    "reporting",
    "legevakt",
]
INSTALLED_APPS = [
    app
    for app in INSTALLED_APPS
    if app != "django_migration_linter" or env.bool("DEVELOPMENT", default=False)
]

MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "legevakt.logs.MaskedRequestMiddleware",
    "legevakt.middleware.UserLanguageMiddleware",
    "legevakt.middleware.RequestHistoryMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "legevakt.middleware.SecondFactorMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]

ROOT_URLCONF = "legevakt.urls"
WSGI_APPLICATION = "legevakt.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
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
                "django.template.context_processors.i18n",
                "legevakt.navigation.page_context",
            ],
        },
    },
]

# --- Database, cache, broker --------------------------------------------------
DATABASES = {
    "default": env.db_url_config(
        required("DATABASE_URL", "Use ./run manage …, or postgresql://user:password@host/name.")
    )
    | {"ATOMIC_REQUESTS": False, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
}
PREPARED_STATEMENTS = env.bool("PREPARED_STATEMENTS", default=True)  # legevakt/lib/prepared.py
DATABASES["default"].setdefault("OPTIONS", {})["prepare_threshold"] = (
    5 if PREPARED_STATEMENTS else None
)
REDIS_URL = required("REDIS_URL", "Use ./run manage …, or redis://:password@host:6379.").rstrip("/")
REDIS_FIRST_DATABASE = env.int("REDIS_FIRST_DATABASE", default=0)  # the broker's; the cache follows
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": f"{REDIS_URL}/{REDIS_FIRST_DATABASE + 1}",
        # Counting requests may fail; a server that hangs must not hold the request that counts.
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
    }
}

# --- Celery: the database row is the truth, the queue only a nudge -------------
CELERY_BROKER_URL = f"{REDIS_URL}/{REDIS_FIRST_DATABASE}"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 3000
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Europe/Oslo"
CELERY_ENABLE_UTC = True

# --- Who logs in, and how -------------------------------------------------------
AUTH_USER_MODEL = "municipalities.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "guardian.backends.ObjectPermissionBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ANONYMOUS_USER_NAME = None  # guardian: no row for people who are not logged in
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "dashboard"
ACCOUNT_ADAPTER = "municipalities.access.accounts.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "municipalities.access.accounts.SocialAccountAdapter"
ACCOUNT_FORMS = {"login": "municipalities.access.login_form.LoginForm"}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Legevakt: "
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody signs up here, so there is nothing to tell them
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0  # whose address the rate limits count
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # accounts are made by who may give roles
MFA_TOTP_ISSUER = "Legevakt"
MFA_FORMS = {
    "add_webauthn": "municipalities.access.key_forms.AddKeyForm",
    "edit_webauthn": "municipalities.access.key_forms.EditKeyForm",
}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO
REQUIRE_SECOND_FACTOR = env.bool("REQUIRE_SECOND_FACTOR", default=not DEMO)
OIDC_SERVER_URL = env.str("OIDC_SERVER_URL", default="")
OIDC_TRUST_EMAIL = env.bool("OIDC_TRUST_EMAIL", default=False)
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_PROVIDERS = (
    {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": env.str("OIDC_ID", default="oidc"),
                    "name": env.str("OIDC_NAME", default="Entra ID"),
                    "client_id": required("OIDC_CLIENT_ID", "OIDC_SERVER_URL needs it."),
                    "secret": required("OIDC_CLIENT_SECRET", "OIDC_SERVER_URL needs it."),
                    "settings": {"server_url": OIDC_SERVER_URL},
                }
            ],
        }
    }
    if OIDC_SERVER_URL
    else {}
)


def _origin_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


# --- Browser security -----------------------------------------------------------
_HTTPS = SITE_URL.startswith("https://")
if _HTTPS and not BEHIND_PROXY:
    raise ImproperlyConfigured(
        "SITE_URL is https, and gunicorn speaks http: put a TLS proxy before it that sets"
        " X-Forwarded-Proto, and set BEHIND_PROXY=true."
    )
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "legevakt.errors.csrf_failed"
CSRF_TRUSTED_ORIGINS = [_origin_of(SITE_URL)] if _HTTPS else []
SECURE_SSL_REDIRECT = _HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
# Other services may live under the same domain, so this is asked for, not assumed; until then
# `check --deploy` warns (security.W005, W021), and it should.
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = env.bool("HSTS_WHOLE_DOMAIN", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        # the way to the OpenID provider begins with a form of ours
        "form-action": [SELF, _origin_of(OIDC_SERVER_URL)] if OIDC_SERVER_URL else [SELF],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

# Who prepares the page of each topic that meetings have, in the order of the minimum agenda.
PREPARED_TOPICS = [
    "callstats.briefing.topic.TOPIC",
    "municipalities.costs.hub.briefing.TOPIC",
    "municipalities.quality.absence.briefing.TOPIC",
    "municipalities.quality.deviations.briefing.TOPIC",
    "municipalities.decisions.briefing.TOPIC",
    "municipalities.quality.review.briefing.TOPIC",
]


# --- Language and time ------------------------------------------------------------
LANGUAGE_CODE = "nn"
LANGUAGES = [("nn", "Nynorsk"), ("nb", "Bokmål"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "third_party"]
FORMAT_MODULE_PATH = ["legevakt.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Oslo"
USE_THOUSAND_SEPARATOR = True

# --- Static files -------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "static-collected")))
STATIC_ROOT_IN_USE = STATIC_ROOT.is_dir() and not DEMO
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if STATIC_ROOT_IN_USE
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not STATIC_ROOT_IN_USE
MEDIA_ROOT = UPLOADS_DIR

# --- E-mail ---------------------------------------------------------------------------
EMAIL_URL = needed_outside_demo(
    "EMAIL_URL", "It is the mail server, smtp+tls://user:password@host:587.", demo=""
)
if EMAIL_URL:
    vars().update(env.email_url("EMAIL_URL"))
else:
    EMAIL_BACKEND = "legevakt.lib.outbox.OutboxBackend"
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=20)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Legevakt <legevakt@example.invalid>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- The API ----------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.ScopedRateThrottle"],
    "DEFAULT_THROTTLE_RATES": {"call-imports": env.str("API_RATE", default="600/min")},
    "EXCEPTION_HANDLER": "legevakt.lib.problems.exception_handler",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Legevakt API",
    "DESCRIPTION": "Call logs in, figures out. The guide is at /api/guide/README.md.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SWAGGER_UI_DIST": "SIDECAR",
    # Links within the buttons that open an address, and grey on black, are not for everybody.
    "SWAGGER_UI_SETTINGS": {
        "deepLinking": False,
        "defaultModelsExpandDepth": -1,
        "syntaxHighlight": False,
    },
    "REDOC_DIST": "SIDECAR",
    "ENUM_NAME_OVERRIDES": {
        "ImportStatusEnum": "callstats.imports.serializers.STATUSES",
        "FigureKindEnum": "callstats.figures_api.serializers.KINDS",
        "PeriodStateEnum": "callstats.figures_api.serializers.STATES",
        "AgreementStateEnum": "municipalities.agreements.models.VersionState",
        "ServiceKindEnum": "municipalities.cooperations.models.ServiceKind",
        "DecisionKindEnum": "municipalities.decisions.models.DecisionKind",
    },
}

# --- Webhooks: may a receiver be in our own network, and be spoken to in clear (http)? ---------
WEBHOOKS_MAY_BE_PRIVATE = env.bool("WEBHOOKS_MAY_BE_PRIVATE", default=False)

# --- Inhabitants from Statistics Norway: the address of its API, empty where it is not asked ---
SSB_API_URL = env.str("SSB_API_URL", default="").rstrip("/")
SSB_API_MAY_BE_PRIVATE = env.bool("SSB_API_MAY_BE_PRIVATE", default=False)

# --- Limits and retention -----------------------------------------------------------------
IMPORT_FILE_BYTES_LIMIT = env.int("IMPORT_FILE_BYTES_LIMIT", default=200 * 1024 * 1024)
API_ROWS_LIMIT = 5000
API_BYTES_LIMIT = 5 * 1024 * 1024
API_SYNCHRONOUS_ROWS = 500
INDICATOR_LEAST_COMPLETENESS_PERCENT = env.int("INDICATOR_LEAST_COMPLETENESS_PERCENT", default=98)
CALL_RETENTION_MONTHS = env.int("CALL_RETENTION_MONTHS", default=13)
RAW_FILE_RETENTION = timedelta(days=env.int("RAW_FILE_RETENTION_DAYS", default=90))

# --- History, logs, health -------------------------------------------------------------------
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")
PROMETHEUS_EXPORT_MIGRATIONS = False
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
# These need every process stopped while they run: docs/operations.md.
STOPPING_MIGRATIONS = [
    "0002_sandbox_centrals",
    "0003_call_identity",
    "0004_feeds",
    "0005_mapping_versions",
    "0010_hours_by_municipality",
    "0012_stored_months_go",
    "0002_editions_letters_dispatches",
    "0004_approved_is_frozen_again",
]
MIGRATION_LINTER_OPTIONS = {
    "sql_analyser": "postgresql",
    "no_cache": True,
    "ignore_name": STOPPING_MIGRATIONS,
}

structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.filter_by_level,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.format_exc_info,
        without_secrets,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_USER_ID_FIELD = "pk"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processor": structlog.processors.JSONRenderer(),
            "foreign_pre_chain": [
                structlog.contextvars.merge_contextvars,
                structlog.processors.TimeStamper(fmt="iso"),
                structlog.stdlib.add_logger_name,
                structlog.stdlib.add_log_level,
                structlog.processors.format_exc_info,
                without_secrets,
            ],
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="WARNING")},
    "loggers": {
        "django_structlog": {"level": "INFO"},
        "legevakt": {"level": "INFO"},
        "municipalities": {"level": "INFO"},
        "callstats": {"level": "INFO"},
        "reporting": {"level": "INFO"},
    },
}
