"""One process, nothing to install: SQLite, files on disk, a worker thread beside the server."""

import secrets
from typing import Any

from cms.settings.base import *
from cms.settings.base import ROOT, env
from social import vapid

DEBUG = env.bool("DEBUG", default=False)
VAR = ROOT / env.str("VAR", default="var")
VAR.mkdir(parents=True, exist_ok=True)

_secret_file = VAR / "secret-key"
if not _secret_file.exists():
    _secret_file.write_text(secrets.token_urlsafe(50))
    _secret_file.chmod(0o600)
SECRET_KEY = _secret_file.read_text().strip()

# Kept with the data: other keys would end every subscription.
_vapid_file = VAR / "vapid-keys"
if not _vapid_file.exists():
    _vapid_file.write_text("\n".join(vapid.make_keys()))
    _vapid_file.chmod(0o600)
VAPID_PRIVATE_KEY, VAPID_PUBLIC_KEY = _vapid_file.read_text().split()

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
DEMONSTRATION_ALLOWED = True

SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": VAR / "guildhall.sqlite3",
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-20000;",
    },
}
DATABASES = {"default": SQLITE}
CACHES: dict[str, dict[str, Any]] = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}

MEDIA_ROOT = VAR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT = None  # nothing is collected: WhiteNoise serves what the finders find
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

# A message taken by a killed process is gone with the filesystem broker, so every job is a row that is enqueued
# again at start (core.background).
# A folder has no host, but kombu falls back to this name with a warning where none is given.
CELERY_BROKER_URL = "filesystem://localhost"
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "data_folder_in": str(VAR / "queue"),
    "data_folder_out": str(VAR / "queue"),
    "control_folder": str(VAR / "queue-control"),
    "store_processed": False,
    # With both threads at work the broker rests for so long before it looks whether one is free: of a whole second,
    # its own choice, a burst of short jobs would take a second each.
    "polling_interval": 0.1,
}
for _folder in ("queue", "queue-control"):
    (VAR / _folder).mkdir(exist_ok=True)
# A machine of one's own calls nobody unless it is told to.
CHECK_EXTERNAL_LINKS = env.bool("CHECK_EXTERNAL_LINKS", default=False)
EMBEDDED_WORKER = env.bool("EMBEDDED_WORKER", default=True)

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"
