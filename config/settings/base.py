"""Settings safe for production; `demo` and `test` only relax them. Values of a site come from TAKWIN_* variables."""

import os
import shutil
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from config.settings.components.content_security import CONTENT_SECURITY_POLICY  # noqa: F401 - a setting
from config.settings.components.database import database
from config.settings.components.login import *
from config.settings.components.plugins import discovered_plugins

ROOT = Path(__file__).resolve().parents[2]
TAKWIN_PRACTICE = os.environ.get("TAKWIN_PRACTICE") == "1"  # a practice space: invented cases, nothing counts
VAR = Path(os.environ.get("TAKWIN_VAR", ROOT / "var" / "practice" if TAKWIN_PRACTICE else ROOT / "var"))

SECRET_KEY = os.environ.get("TAKWIN_SECRET_KEY", "")
DEBUG = False
ALLOWED_HOSTS = [host for host in os.environ.get("TAKWIN_HOSTS", "").split(",") if host]
CSRF_TRUSTED_ORIGINS: list[str] = [f"https://{host}" for host in ALLOWED_HOSTS]

TAKWIN_PLUGINS = discovered_plugins(ROOT)
TAKWIN_DEMONSTRATION = TAKWIN_PRACTICE  # invented accounts, and messages shown on a page
TAKWIN_PRACTICE_URL = os.environ.get("TAKWIN_PRACTICE_URL", "")  # where the officers of a genuine site practise
TAKWIN_PUBLIC_URL = os.environ.get("TAKWIN_PUBLIC_URL", "")  # "https://verif.example.tn": printed beside every QR
TAKWIN_PRIVATE_STORAGE = VAR / "private"  # papers and sealed documents; never under a public address
TAKWIN_KEYS = Path(os.environ.get("TAKWIN_KEYS", VAR / "keys"))  # seal keys, or their labels in a module
# a hardware module (PKCS#11) that makes and holds the seal's keys; practice never has one
TAKWIN_HSM_MODULE = "" if TAKWIN_PRACTICE else os.environ.get("TAKWIN_HSM_MODULE", "")  # path of its library
TAKWIN_HSM_TOKEN = os.environ.get("TAKWIN_HSM_TOKEN", "")  # label of the token
TAKWIN_HSM_PIN_FILE = os.environ.get("TAKWIN_HSM_PIN_FILE", "")
# keys that seal and index people's identifiers; `make_keys` makes the first, `rotate_keys` the next
TAKWIN_PEOPLE_KEYS = Path(os.environ.get("TAKWIN_PEOPLE_KEYS", TAKWIN_KEYS / "people.json"))
# who vouches for the time of a seal (RFC 3161); nobody is asked to vouch for practice
TAKWIN_TIME_STAMP_URL = "" if TAKWIN_PRACTICE else os.environ.get("TAKWIN_TIME_STAMP_URL", "")
TAKWIN_DEVELOPMENT_SEAL = (
    TAKWIN_PRACTICE  # whether documents may be sealed with a certificate and a clock of our own making
)
TAKWIN_UPLOAD_MAX_BYTES = 15 * 1024 * 1024
TAKWIN_UPLOAD_MAX_PIXELS = 64_000_000
TAKWIN_CLAMD = os.environ.get("TAKWIN_CLAMD", "")  # "host:port" or "unix:/path" of a virus scanner
TAKWIN_TESSERACT = os.environ.get("TAKWIN_TESSERACT", shutil.which("tesseract") or "")  # reads photographed papers
TAKWIN_DRAFT_DAYS = 90
TAKWIN_EMBEDDED_WORKER_SECONDS = 1.0
TAKWIN_LIST_REPORT_DAYS = int(os.environ.get("TAKWIN_LIST_REPORT_DAYS", "30"))  # then a public list is forgotten
TAKWIN_COUNT_SECONDS = float(os.environ.get("TAKWIN_COUNT_SECONDS", "5"))  # verifications wait so long to be counted
TAKWIN_BULK_UNDO_SECONDS = int(os.environ.get("TAKWIN_BULK_UNDO_SECONDS", "600"))  # till then an act can be undone
TAKWIN_JOB_LEASE_SECONDS = int(os.environ.get("TAKWIN_JOB_LEASE_SECONDS", "20"))  # how long a dead worker holds a job

INSTALLED_APPS = [
    "portal",
    "portal.accounts",
    "portal.public",
    "portal.desk",
    "portal.mine",
    "portal.drafts",
    "portal.backoffice",
    "portal.files",
    "portal.visits",
    "portal.commissions",
    "portal.inboxes",
    "portal.dossiers",
    "portal.absences",
    "portal.practice",
    "portal.verification",
    "portal.directory",
    "portal.circulars",
    "portal.organisation",
    "portal.administration",
    "portal.imports",
    "cms_content",
    "notifications",
    *TAKWIN_PLUGINS,
    "registers.imports",
    "registers.inspections",
    "registers.training",
    "registers.people",
    "registers.programmes",
    "registers.structures",
    "registers.organisations",
    "registers.history",
    "registers.places",
    "registers.specialities",
    "registers.certificates",
    "procedures",
    "procedures.audit",
    "procedures.practice",
    "procedures.mandates",
    "procedures.consents",
    "procedures.jobs",
    "procedures.offices",
    "procedures.calendar",
    "procedures.timekeeping",
    "procedures.wizard",
    "procedures.sources",
    "procedures.evidence",
    "procedures.cases",
    "procedures.versions",
    "procedures.visits",
    "procedures.inboxes",
    "procedures.bulk",
    "procedures.documents",
    "procedures.commissions",
    "procedures.serving",
    "procedures.appeals",
    "procedures.mismatches",
    "procedures.dossiers",
    "design",
    "wagtail.contrib.settings",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "formtools",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django.contrib.humanize",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.headers.practice_is_not_indexed",
    "csp.middleware.CSPMiddleware",
    "portal.accounts.even.EvenAnswers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "portal.addresses.nul_means_nothing",
    "portal.accounts.middleware.second_factor",
    "portal.headers.private_pages_are_not_stored",
    "procedures.wizard.copies.forgotten_at_logout",
    "portal.redirects.LostPagesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.portal",
            ]
        },
    }
]

DATABASES = {"default": database(VAR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
CACHES = {
    "default": {"BACKEND": "portal.accounts.limits.EnduringCache", "LOCATION": "shared"},
    "shared": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 200_000},  # with Django's 300, whoever makes new keys throws out others' counters
    },
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"

LANGUAGE_CODE = "ar"
LANGUAGES = [("ar", _("Arabic")), ("fr", _("French")), ("en", _("English"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
LOCALE_PATHS = [ROOT / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
USE_I18N = USE_TZ = USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Africa/Tunis"

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
MEDIA_URL = "/media/"  # pictures of the editors' pages only
MEDIA_ROOT = VAR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": TAKWIN_PRIVATE_STORAGE, "base_url": None},
    },
}
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000
DATA_UPLOAD_MAX_NUMBER_FILES = 60  # the page of papers has an input a paper, and browsers send empty ones too
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "procedures.evidence.arriving.WithinReason",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

WAGTAIL_SITE_NAME = "Takwin"
WAGTAILADMIN_BASE_URL = TAKWIN_PUBLIC_URL or "http://localhost:8000"
WAGTAIL_FRONTEND_LOGIN_URL = "/ar/accounts/login/"
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

EMAIL_BACKEND = f"django.core.mail.backends.{'dummy' if TAKWIN_PRACTICE else 'smtp'}.EmailBackend"
EMAIL_HOST = os.environ.get("TAKWIN_SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("TAKWIN_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("TAKWIN_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("TAKWIN_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("TAKWIN_SMTP_TLS", "") == "1"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("TAKWIN_MAIL_FROM", "takwin@localhost")

CELERY_BROKER_URL = os.environ.get("TAKWIN_BROKER", "files://here")
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {
        "data_folder_in": str(VAR / "broker"),
        "data_folder_out": str(VAR / "broker"),
        "control_folder": str(VAR / "broker-control"),
        "store_processed": False,
        "polling_interval": 0.5,
    }
    if CELERY_BROKER_URL.startswith("files:")
    else {"visibility_timeout": 600}
)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CONCURRENCY = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE = {"sweep": {"task": "procedures.jobs.tasks.sweep", "schedule": 1.0}}
CELERY_TIMEZONE = TIME_ZONE

SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_NAME = "__Host-session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "portal.errors.forgery_suspected"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django_tasks": {"level": "WARNING"},
        "wagtail": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
        "pyhanko": {"level": "ERROR"},
    },
}
