"""Sockets as tests open them: the application of cms.asgi, in the transaction of the test."""

import json
from collections.abc import Callable
from typing import Any

from asgiref.sync import sync_to_async
from asgiref.testing import ApplicationCommunicator
from django.conf import settings
from django.db import connection
from django.test import Client

from cms.asgi import sockets as application
from people.models import User
from social.models import Conversation


class Socket(ApplicationCommunicator):
    """A browser's end of a socket. (That of channels.testing needs a server that we do not have.)"""

    async def send_text(self, text: str) -> None:
        await self.send_input({"type": "websocket.receive", "text": text})

    async def say(self, **said: Any) -> None:
        await self.send_text(json.dumps(said))

    async def hear(self) -> Any:
        output = await self.receive_output(timeout=10)
        assert output["type"] == "websocket.send", output
        return json.loads(output["text"])

    async def shut(self) -> None:
        await self.send_input({"type": "websocket.disconnect", "code": 1000})
        await self.wait(timeout=10)


async def opened(talk: Conversation, by: User | None) -> tuple[Socket, Any]:
    """A socket, and the code with which it was shut at once, None where it was not."""
    headers = [(b"origin", b"http://testserver"), (b"host", b"testserver")]
    if by is not None:
        session = await sync_to_async(_session)(by)
        headers.append((b"cookie", f"{settings.SESSION_COOKIE_NAME}={session}".encode()))
    path = f"/ws/conversations/{talk.public_id}/"
    scope = {"type": "websocket", "path": path, "query_string": b"", "headers": headers, "subprotocols": []}
    socket = Socket(application, scope)
    await socket.send_input({"type": "websocket.connect"})
    assert (await socket.receive_output(timeout=10))["type"] == "websocket.accept"
    if await socket.receive_nothing(timeout=0.05):
        return socket, None
    return socket, (await socket.receive_output(timeout=5)).get("code")


async def greeted(socket: Socket, after: int) -> tuple[Any, Any]:
    """What a socket answers to hello: the changes, and who is here."""
    await socket.say(type="hello", after=after)
    return await socket.hear(), await socket.hear()


async def done(service: Callable[..., Any], **given: Any) -> Any:
    """Carry out a service, and what it does once its transaction is committed."""
    return await sync_to_async(_done)(service, **given)


def _done(service: Callable[..., Any], **given: Any) -> Any:
    waiting = len(connection.run_on_commit)
    result = service(**given)
    callbacks = [callback for _ids, callback, _robust in connection.run_on_commit[waiting:]]
    del connection.run_on_commit[waiting:]
    for callback in callbacks:
        callback()
    return result


def _session(user: User) -> str:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value
