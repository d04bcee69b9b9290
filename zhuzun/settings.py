"""Settings, from environment variables only; `.env.example` explains each. An empty variable counts as not set.

PORTAL_ENV says what an installation is: `demo` (the default: loopback, demonstration accounts and banner) or
`production` (refuses to start without its secrets, and says which).
"""

import os
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
environ.Env.read_env(BASE_DIR / ".env")
env = environ.Env()


def setting(name: str, default: str = "") -> str:
    """The variable `name`, or the default where it is not set or empty."""
    return os.environ.get(name, "").strip() or default


# --- what this installation is ---------------------------------------------------------------------------------------
PORTAL_ENV = setting("PORTAL_ENV", "demo")
if PORTAL_ENV not in {"demo", "production"}:
    raise ImproperlyConfigured("PORTAL_ENV must be `demo` or `production`.")
DEMO = PORTAL_ENV == "demo"
DEMO_PASSWORD = setting("DEMO_PASSWORD", "Zhuzun-2021-demo")
DEBUG = setting("DEBUG") == "1"
VAR_DIR = Path(setting("PORTAL_VAR", str(BASE_DIR / "var")))

if not DEMO:
    missing = [name for name in ("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "REDIS_URL") if not setting(name)]
    if missing:
        raise ImproperlyConfigured(f"PORTAL_ENV=production needs these variables: {', '.join(missing)}")


def demo_secret() -> str:
    """The demonstration's secret: made at the first start, kept in var/."""
    path = VAR_DIR / "secret_key"
    if not path.exists():
        VAR_DIR.mkdir(parents=True, exist_ok=True)
        path.write_text(get_random_secret_key())
        path.chmod(0o600)
    return path.read_text()


SECRET_KEY = setting("SECRET_KEY") or demo_secret()
ALLOWED_HOSTS = [host for host in setting("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if host]
CSRF_TRUSTED_ORIGINS = [origin for origin in setting("CSRF_TRUSTED_ORIGINS").split(",") if origin]

# --- applications, from the ground up --------------------------------------------------------------------------------
INSTALLED_APPS = [
    "zhuzun.ui",
    "zhuzun.organisations",
    "zhuzun.accounts",
    "zhuzun.access",
    "zhuzun.periods",
    "zhuzun.audit",
    "zhuzun.runs",
    "zhuzun.documents",
    "zhuzun.rosters",
    "zhuzun.notices",
    "pairing",
    "tasks",
    "zhuzun.home",
    "zhuzun.apps.PortalConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "zhuzun.access.adminapp.PortalAdminConfig",
    "axes",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_celery_beat",
    "django_filters",
    "django_htmx",
    "django_tables2",
    "guardian",
    "import_export",
    "simple_history",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "zhuzun.ui.middleware.KnownMethods",
    "zhuzun.ui.middleware.BodyLimit",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "zhuzun.audit.middleware.RequestFacts",
    "zhuzun.accounts.middleware.SessionLimits",
    "zhuzun.accounts.middleware.PrivatePages",
    "zhuzun.accounts.middleware.ActingIdentity",
    "zhuzun.accounts.middleware.OwnPassword",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "zhuzun.urls"
WSGI_APPLICATION = "zhuzun.wsgi.application"

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
                "zhuzun.ui.context.page",
            ],
        },
    }
]

# --- data ------------------------------------------------------------------------------------------------------------
DATABASES = {"default": env.db_url_config(setting("DATABASE_URL", f"sqlite:///{VAR_DIR / 'portal.sqlite3'}"))}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 600
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # A database that does not answer is told within three seconds (503); what DATABASE_URL itself names wins.
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 2,
        "tcp_user_timeout": 2500,
        **DATABASES["default"].get("OPTIONS", {}),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- people and access -----------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "zhuzun.access.backends.PolicyBackend"]
GUARDIAN_USER_OBJ_PERMS_MODEL = "access.Grant"
ANONYMOUS_USER_NAME = None
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]  # guardian's backend is not needed: PolicyBackend answers from its rows
GUARDIAN_RAISE_403 = False
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "home:workbench"
LOGOUT_REDIRECT_URL = "accounts:login"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "name", "phone", "email"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "zhuzun.accounts.passwords.CharacterClassesValidator"},
    {"NAME": "zhuzun.accounts.passwords.NotFormerValidator"},
]
SESSION_COOKIE_AGE = 8 * 3600  # the longest a session lasts, used or not
SESSION_IDLE_SECONDS = int(setting("SESSION_IDLE_SECONDS", "1800"))
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_HTTPONLY = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True  # office machines are shared
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.5  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # 30 minutes are 30 minutes, whoever goes on trying
AXES_LOCKOUT_CALLABLE = "zhuzun.accounts.lockout.respond"
AXES_DISABLE_ACCESS_LOG = True  # the trail holds every sign-in; a second log of them would be one too many
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False

# --- security of transport and pages ---------------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
if not DEMO:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = setting("INSECURE_HTTP") != "1"
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31536000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
BODY_MAX_BYTES = 20 * 1024 * 1024  # no page takes more; a single file has its own, lower limit and message
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a grid sent without scripts: four fields a cell
FILE_UPLOAD_MAX_MEMORY_SIZE = 11 * 1024 * 1024  # an attachment (10 MB) never lies in a temp folder, secret or not

# --- language, time, static files ------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
USE_I18N = True
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "zhuzun.ui.office"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = None if DEMO else VAR_DIR / "static"  # a demonstration serves the files where they lie
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "zhuzun.ui.finders.NodeModulesFinder",
]
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_USE_FINDERS = DEMO
if not DEMO:
    STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
MEDIA_ROOT = VAR_DIR / "media"

# --- e-mail: nothing is sent unless a server is named ----------------------------------------------------------------
EMAIL_URL = setting("EMAIL_URL")
if EMAIL_URL:
    vars().update(env.email_url_config(EMAIL_URL))
else:
    EMAIL_HOST = setting("EMAIL_HOST")
    EMAIL_PORT = int(setting("EMAIL_PORT", "25"))
    EMAIL_HOST_USER = setting("EMAIL_HOST_USER")
    EMAIL_HOST_PASSWORD = setting("EMAIL_HOST_PASSWORD")
    EMAIL_USE_SSL = setting("EMAIL_SECURITY") == "ssl"
    EMAIL_USE_TLS = setting("EMAIL_SECURITY") == "starttls"
SENDS_EMAIL = bool(EMAIL_URL or setting("EMAIL_HOST"))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = setting("EMAIL_FROM", "portal@localhost")
# Where links in an e-mail lead.
PORTAL_URL = setting("PORTAL_URL", f"http{'' if DEMO or setting('INSECURE_HTTP') == '1' else 's'}://{ALLOWED_HOSTS[0]}")

# --- pages -----------------------------------------------------------------------------------------------------------
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"
DJANGO_TABLES2_TEMPLATE = "ui/_table.html"
IMPORT_EXPORT_TMP_STORAGE_CLASS = "zhuzun.documents.storage.DatabaseStorage"
IMPORT_EXPORT_USE_TRANSACTIONS = True
SIMPLE_HISTORY_REVERT_DISABLED = True

# --- work in the background ------------------------------------------------------------------------------------------
REDIS_URL = setting("REDIS_URL")
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
if REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 600}
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
else:
    QUEUE_DIR = VAR_DIR / "queue"
    for folder in ("messages", "control", "processed"):
        (QUEUE_DIR / folder).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_URL = "filesystem://localhost"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(QUEUE_DIR / "messages"),
        "data_folder_out": str(QUEUE_DIR / "messages"),
        "control_folder": str(QUEUE_DIR / "control"),
        "processed_folder": str(QUEUE_DIR / "processed"),
        "store_processed": False,
    }

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"class": "zhuzun.logs.OneLine", "format": "{asctime} {levelname} {name} {message}", "style": "{"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": setting("LOG_LEVEL", "INFO")},
    "loggers": {"axes": {"level": "WARNING"}},  # five lines for every sign-in otherwise; the trail has them
}
