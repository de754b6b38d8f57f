"""What every profile shares. A profile (embedded, production, test) says where data, cache and queues live."""

import sys
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import environ
import structlog
from csp.constants import NONE, SELF, UNSAFE_INLINE

ROOT = Path(__file__).resolve().parent.parent.parent
env = environ.Env()

INSTALLED_APPS = [
    "knowledge",
    "social",
    "search",
    "people",
    "core",
    "wagtail_localize",
    "wagtail_localize.locales",  # replaces wagtail.locales
    "wagtail_modeladmin",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.api.v2",
    "wagtail.embeds",
    "wagtail.sites",
    "people.apps.PeopleAdminConfig",  # wagtail.users
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "rest_framework",
    "modelcluster",
    "taggit",
    "django_tasks",
    "allauth",
    "allauth.account",
    "channels",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_cotton.apps.SimpleAppConfig",
    "django_filters",
    "django_htmx",
    "ninja",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
    "cms",  # last: after migrating it sets up what needs the permissions of all others
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.content_security.ContentSecurity",
    "core.problems.ApiProblems",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "people.middleware.SignInRequired",
    "people.middleware.PersonalPreferences",
    "people.offline.OfflineReader",
    "cms.admin_guard.AdminGuard",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "knowledge.redirects.RedirectForReaders",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"
ASGI_APPLICATION = "cms.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.template.context_processors.tz",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cms.context_processors.shell",
            ],
        },
    }
]
COTTON_DIR = "components"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# Languages: the interface speaks the person's language; content pages carry their own in the address.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ru", "Русский"), ("uk", "Українська"), ("bg", "Български"), ("he", "עברית")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = "core.formats"
TIME_ZONE = "UTC"
# The second holds what Wagtail itself has no translation of (tools.wagtail_messages), the third the names of the
# months as they stand in running text: Django writes them with a capital letter in these languages.
LOCALE_PATHS = [ROOT / "locale", ROOT / "locale" / "wagtail", ROOT / "locale" / "django"]

# People and sign-in
AUTH_USER_MODEL = "people.User"
# An address is unique whatever its case, by a constraint that this check does not know.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 10}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "people.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "people.account_forms.LoginForm",
    "signup": "people.account_forms.SignupForm",
    "reset_password": "people.account_forms.ResetPasswordForm",
    "reset_password_from_key": "people.account_forms.ResetPasswordKeyForm",
    "change_password": "people.account_forms.ChangePasswordForm",
    "set_password": "people.account_forms.SetPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "people.adapters.display_name"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# A mail server that takes the call and says nothing keeps no worker for ever.
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=20)
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/300s/key"}
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
WAGTAILADMIN_LOGIN_URL = "/accounts/login/"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False

# What sums of money are converted to; rates of the others are kept in the admin.
BASE_CURRENCY = env.str("BASE_CURRENCY", default="EUR")
# Who may see anything without signing in: nobody, beyond the landing page, sign-in and public forms.
PUBLIC_CONTENT = False
# Signing up is by invitation or by the company's directory; a mail domain listed here may sign up alone.
SIGNUP_MAIL_DOMAINS: list[str] = env.list("SIGNUP_MAIL_DOMAINS", default=[])

# Wagtail
WAGTAIL_SITE_NAME = "Guildhall"
WAGTAILADMIN_BASE_URL = env.str("BASE_URL", default="http://127.0.0.1:8000")
WAGTAILIMAGES_IMAGE_MODEL = "people.Image"
WAGTAILDOCS_DOCUMENT_MODEL = "people.Document"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 60_000_000
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp", "avif"]
WAGTAILIMAGES_FORMAT_CONVERSIONS = {"gif": "png"}
WAGTAILDOCS_EXTENSIONS = [
    "csv", "docx", "dwg", "dxf", "md", "odp", "ods", "odt", "pdf", "pptx", "rtf", "sql", "step", "txt", "xlsx", "zip",
]  # fmt: skip
WAGTAILDOCS_MAX_UPLOAD_SIZE = 100 * 1024 * 1024
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
# Without "localtime" and the like, which no browser knows.
WAGTAIL_USER_TIME_ZONES = sorted(zone for zone in available_timezones() if "/" in zone or zone == "UTC")
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
# Who may see a page is decided by its community and entry alone.
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False, "LOGIN": False, "GROUPS": False}
WAGTAILADMIN_UNSAFE_PAGE_DELETION_LIMIT = 5
# Where it is set, people search Elasticsearch, and the database while that is away.
ELASTICSEARCH_URL = env.str("ELASTICSEARCH_URL", default="")
ELASTICSEARCH_INDEX = env.str("ELASTICSEARCH_INDEX", default="guildhall")
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "search.backends.database", "AUTO_UPDATE": False}}
WAGTAILEMBEDS_FINDERS = [{"class": "knowledge.embeds.AllowedSitesFinder"}]
WAGTAILAPI_LIMIT_MAX = 100
WAGTAILAPI_BASE_URL = WAGTAILADMIN_BASE_URL
WAGTAILAPI_DOCS_ENABLED = False
WAGTAILREDIRECTS_AUTO_CREATE = True
TAGGIT_CASE_INSENSITIVE = True
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["people.tokens.WagtailApiAuthentication"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
}
NINJA_PAGINATION_MAX_LIMIT = 100

# How often a person, a token or an address may do something (core.rates)
RATE_LIMITS = {
    "api": "600/minute",
    "correction": "20/hour",
    "follow": "300/hour",
    "notifications": "1200/hour",
    "push": "60/hour",
    "reading": "1000/hour",
    "search": "120/minute",
    "suggest": "600/minute",
    "invitation": "60/hour",
    "join": "60/hour",
    "members": "120/hour",
    "ask_owner": "1/day",
    "pdf": "30/hour",
    "proposal": "10/hour",
    "replication": "120/hour",
    "token": "20/hour",
    "message": "40/minute",
    "message_file": "120/hour",
    "message_lookup": "240/minute",
    "reaction": "120/minute",
    "socket": "120/minute",
    "topic": "20/hour",
    "upload": "60/hour",
    "usefulness": "120/hour",
}
RATE_LIMIT_STORAGE = "memory://"

# Background work
TASKS = {"default": {"BACKEND": "core.background.CeleryBackend", "QUEUES": []}}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = {
    "resend-due-jobs": {"task": "core.resend_due_jobs", "schedule": 60.0},
    "publish-scheduled": {"task": "core.publish_scheduled", "schedule": 15.0},
    "forget-failed-jobs": {"task": "core.forget_failed_jobs", "schedule": 24 * 3600.0},
    "forget-unsent-files": {"task": "social.forget_unsent_files", "schedule": 3600.0},
    "settle-membership-rules": {"task": "people.settle_membership_rules", "schedule": 24 * 3600.0},
    "forget-old-batches": {"task": "people.forget_old_batches", "schedule": 24 * 3600.0},
    "settle-popularity-of-entries": {"task": "knowledge.settle_popularity", "schedule": 24 * 3600.0},
    "settle-popularity-of-communities": {"task": "people.settle_popularity", "schedule": 24 * 3600.0},
    "check-links": {"task": "knowledge.check_links", "schedule": 3600.0},
    "find-unread-documents": {"task": "search.find_unread_documents", "schedule": 3600.0},
    "forget-old-readings": {"task": "knowledge.forget_old_readings", "schedule": 24 * 3600.0},
    "look-after-indexes": {"task": "search.look_after_indexes", "schedule": 300.0},
    "summarise-queries": {"task": "search.summarise_queries", "schedule": 3600.0},
    "send-notifications": {"task": "social.send_notifications", "schedule": 30.0},
    "follow-changes-of-what-is-told": {"task": "social.follow_changes", "schedule": 30.0},
    "forget-old-notifications": {"task": "social.forget_old_notifications", "schedule": 24 * 3600.0},
    "forget-who-searched": {"task": "search.forget_who_searched", "schedule": 24 * 3600.0},
}

# Links
# Whether links of published pages to addresses outside are looked at; an installation without a way out says no.
CHECK_EXTERNAL_LINKS = env.bool("CHECK_EXTERNAL_LINKS", default=True)
# "host:port" of machines inside that may be asked as well; others inside never are.
LINK_CHECK_ALLOWED = env.list("LINK_CHECK_ALLOWED", default=[])

# Whether a browser keeps entries that every employee may read, so that they can be read without a connection.
OFFLINE_READING = env.bool("OFFLINE_READING", default=True)

# Web push: the keys of this installation (`manage.py make_vapid_keys`), without which nothing is pushed, and whom push
# services may write to about it.
VAPID_PRIVATE_KEY = env.str("VAPID_PRIVATE_KEY", default="")
VAPID_PUBLIC_KEY = env.str("VAPID_PUBLIC_KEY", default="")
VAPID_SUBJECT = env.str("VAPID_SUBJECT", default="mailto:admin@guildhall.example")
# The push services of browsers, and no other machine is written to; a name that begins with a point has any before it.
PUSH_SERVICES = env.list(
    "PUSH_SERVICES",
    default=[
        "fcm.googleapis.com",
        "updates.push.services.mozilla.com",
        ".push.services.mozilla.com",
        ".push.apple.com",
        ".notify.windows.com",
    ],
)

# Files
STATIC_URL = "/static/"
STATIC_ROOT: Path | None = ROOT / "staticfiles"
STATICFILES_DIRS = [("dist", ROOT / "static" / "dist")]
MEDIA_URL = "/media/"  # never routed: files are handed out by views that ask who may see them
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# How a private file leaves: "stream" by Django itself, "x-accel" handed to nginx, "redirect" to a signed address.
PRIVATE_FILE_DELIVERY = "stream"

# Text of documents (search.documents): what one file may be and take to be found by what stands in it
DOCUMENT_BYTES = env.int("DOCUMENT_BYTES", default=100 * 1024 * 1024)
DOCUMENT_CHARACTERS = env.int("DOCUMENT_CHARACTERS", default=500_000)
DOCUMENT_SECONDS = env.int("DOCUMENT_SECONDS", default=60)
DOCUMENT_MEMORY = env.int("DOCUMENT_MEMORY", default=1024 * 1024 * 1024)
# How many are read at a time, on all machines together.
DOCUMENTS_AT_ONCE = env.int("DOCUMENTS_AT_ONCE", default=1)
DOCUMENT_READERS = {
    "pdf": "search.documents.readers.pdf.read",
    "document": "search.documents.readers.office.read_document",
    "presentation": "search.documents.readers.office.read_presentation",
    "workbook": "search.documents.readers.workbook.read",
    "open_document": "search.documents.readers.office.read_open_document",
    "rich_text": "search.documents.readers.rich_text.read",
    "plain": "search.documents.readers.plain.read",
}

# Security
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail's preview shows pages in a frame of the same origin
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_FAILURE_VIEW = "cms.views.csrf_failure"
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF, "https://www.youtube-nocookie.com", "https://player.vimeo.com"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "frame-ancestors": [SELF],
    },
}

# Wagtail's forms carry scripts and styles in their markup, and show pictures before they are uploaded.
ADMIN_CONTENT_SECURITY = {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
}

# Logs: one line a record, names and ids but never content
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": structlog.stdlib.ProcessorFormatter,
            # The default traceback shows local variables, passwords among them.
            "processor": structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
            ),
        },
        "json": {"()": structlog.stdlib.ProcessorFormatter, "processor": structlog.processors.JSONRenderer()},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"guildhall": {"level": "INFO"}},
}

# Whom to tell of a weakness (security.txt).
SECURITY_CONTACT = env.str("SECURITY_CONTACT", default="mailto:security@guildhall.example")

EMAIL_SUBJECT_PREFIX = ""
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Guildhall <no-reply@guildhall.example>")
DEMONSTRATION_ALLOWED = False
