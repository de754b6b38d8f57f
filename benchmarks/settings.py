"""The production way of working on the benchmark's own database: no debugging, a warm cache, jobs done elsewhere."""

from cms.settings.test import *
from cms.settings.test import DATABASES, ELASTICSEARCH_SERVER, INSTALLED_APPS, RATE_LIMITS, VAR

ROOT_URLCONF = "benchmarks.urls"
INSTALLED_APPS = ["benchmarks", *INSTALLED_APPS]
# One connection from the first request to the last, as production keeps them.
DATABASES = {"default": {**DATABASES["default"], "CONN_MAX_AGE": None}}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
ELASTICSEARCH_URL = ELASTICSEARCH_SERVER
DEMONSTRATION_ALLOWED = True
# Pictures are drawn when a page first asks for them, the index is built as a whole.
TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend", "QUEUES": []}}
MEDIA_ROOT = VAR / "media"
# One person asks as often as a thousand.
RATE_LIMITS = {**RATE_LIMITS, "search": "1000000/minute", "suggest": "1000000/minute"}
