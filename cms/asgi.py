"""The embedded server's application: pages, sockets and, from its start to its end, the worker thread."""

import os

from channels.routing import ProtocolTypeRouter
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.embedded")

http = get_asgi_application()

from cms.embedded_worker import Lifespan  # noqa: E402 - settings come first

application = ProtocolTypeRouter({"http": http, "lifespan": Lifespan()})
