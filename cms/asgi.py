"""The embedded server's application: pages, sockets and, from its start to its end, the worker thread."""

import os

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.embedded")

http = get_asgi_application()

from cms.embedded_worker import Lifespan  # noqa: E402 - settings come first
from social.routing import websocket_urlpatterns  # noqa: E402 - as above: it loads models

sockets = AllowedHostsOriginValidator(AuthMiddlewareStack(URLRouter(websocket_urlpatterns)))
application = ProtocolTypeRouter({"http": http, "websocket": sockets, "lifespan": Lifespan()})
