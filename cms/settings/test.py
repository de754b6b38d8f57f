"""The embedded profile made fast; the services that `make test` starts are taken from the environment."""

import tempfile
from pathlib import Path

from cms.settings.embedded import *
from cms.settings.embedded import SQLITE, STORAGES, env

SECRET_KEY = "only-for-tests-" + "x" * 50
DEBUG = False
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Gone with the process; workers that end without a goodbye are tidied up after by tests/conftest.py.
_media = tempfile.TemporaryDirectory(prefix="guildhall-test-media-")
MEDIA_ROOT = Path(_media.name)
STORAGES = {**STORAGES, "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}}

if env.str("DATABASE_URL", default=""):
    DATABASES = {"default": env.db("DATABASE_URL")}
else:
    DATABASES = {"default": {**SQLITE, "TEST": {"NAME": None}}}
# A file is looked for when it is asked for: else every client of a test would begin by reading them all.
WHITENOISE_AUTOREFRESH = True

REDIS_URL = env.str("REDIS_URL", default="")
# Tests that are of it turn it on (tests/search/conftest.py).
ELASTICSEARCH_SERVER, ELASTICSEARCH_URL = env.str("ELASTICSEARCH_URL", default=""), ""

# Pages as the server gives them; the journey of who is offline turns it on.
OFFLINE_READING = False

CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
EMBEDDED_WORKER = False
