"""HTTP for synchronous workers (production)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")

application = get_wsgi_application()

from django.db import connection  # noqa: E402 - settings come first

from cms.safety import refuse_demonstration  # noqa: E402

refuse_demonstration()
if not connection.in_atomic_block:
    connection.close()  # a server that forks its workers must not share one
