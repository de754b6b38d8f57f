"""Open sockets. They carry hints and what is fleeting (typing, presence); whoever gets a hint asks the database."""

import asyncio
import random
import time
from importlib import import_module
from typing import Any, cast

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.conf import settings
from django.contrib.auth import get_user

from core import rates
from people import access
from social import live, places, rendering
from social.services import conversations, presence

# Codes that pages understand (4000-4999 are an application's own, RFC 6455 section 7.4.2).
SIGNED_OUT, NOT_THERE, TOO_MANY = 4401, 4404, 4429
# However quiet the room, it is asked again so often whether the person may be in it.
ASK_AGAIN = 30.0
BETWEEN_TYPING = 1.5

_kept = rendering.Kept()


async def changes(conversation_id: int, after: int, upto: int, language: str) -> rendering.Changes:
    """What came after a revision; those who ask for the same at the same time share one answer."""
    key = (conversation_id, after, upto, language)
    known = _kept.get(key)
    if known is None or known.get_loop() is not asyncio.get_running_loop():
        asked = database_sync_to_async(rendering.changes_in)(conversation_id, after, language)
        known = asyncio.ensure_future(asked)
        _kept.put(key, known)
    try:
        found: rendering.Changes = await asyncio.shield(known)
    except Exception:  # told on to who asked; kept, it would be told to all who ask for the same
        _kept.drop(key)
        raise
    return found


class ConversationConsumer(AsyncJsonWebsocketConsumer):
    """One page that shows a conversation. It says `hello` with the revision it has, and is told what came since."""

    place: places.Place | None = None
    revision = -1
    language = "en"
    may_write = False
    watch: asyncio.Task[None] | None = None
    typed_at = 0.0

    async def connect(self) -> None:
        self.place = await self._enter()
        if self.place is None:
            # Accepted first: a browser learns the code of a socket that was open, and no other.
            await self.accept()
            await self.close(SIGNED_OUT if not self.scope["user"].is_authenticated else NOT_THERE)
            return
        user = self.scope["user"]
        if await database_sync_to_async(rates.seconds_to_wait)("socket", user.pk):
            await self.accept()
            await self.close(TOO_MANY)
            return
        self.language = user.preferred_language
        self.me = {"id": str(user.public_id), "name": user.name}
        self.groups_joined = [live.room(self.place.conversation.pk), live.person(user.pk)]
        for group in self.groups_joined:
            await self.channel_layer.group_add(group, self.channel_name)
        await self.accept()
        self.watch = asyncio.ensure_future(self._ask_now_and_then())

    async def disconnect(self, code: int) -> None:
        if self.watch is not None:
            self.watch.cancel()
            for group in self.groups_joined:
                await self.channel_layer.group_discard(group, self.channel_name)
            if self.place is not None and self.revision >= 0:
                await self._tell_others("gone")

    async def receive_json(self, content: Any, **kwargs: Any) -> None:
        kind = content.get("type") if isinstance(content, dict) else None
        if self.place is None:
            return
        if kind == "hello":
            await self._greet(content.get("after"))
        elif kind == "typing" and self.may_write and time.monotonic() - self.typed_at > BETWEEN_TYPING:
            self.typed_at = time.monotonic()
            await self._tell_others("typing")

    async def receive(self, text_data: str | None = None, bytes_data: Any = None, **kwargs: Any) -> None:
        """An empty frame, or one of bytes, is nothing that a page of ours says."""
        if text_data:
            await super().receive(text_data=text_data, **kwargs)

    @classmethod
    async def decode_json(cls, text_data: str) -> Any:
        try:
            return await super().decode_json(text_data)
        except ValueError:
            return None

    # Hints

    async def conversation_changed(self, event: dict[str, Any]) -> None:
        if self.place is not None and 0 <= self.revision < event["revision"]:
            await self._send_changes(event["revision"])

    async def access_changed(self, event: dict[str, Any]) -> None:
        await self._ask_again()

    async def person_is(self, event: dict[str, Any]) -> None:
        if event["from"] != self.channel_name:
            await self.send_json({"type": event["what"], **event["person"]})

    async def notifications_changed(self, event: dict[str, Any]) -> None:
        await self.send_json({"type": "notifications"})

    # What it does

    async def _greet(self, after: Any) -> None:
        assert self.place is not None
        self.revision = after if isinstance(after, int) and after >= 0 else 0
        await self._send_changes(upto=-1)
        here, is_new = await database_sync_to_async(presence.arrive)(self.place)
        await self.send_json({"type": "here", "people": here})
        if is_new:
            await self._tell_others("came")

    async def _send_changes(self, upto: int) -> None:
        """Up to a revision that a hint named; -1 asks for what there is."""
        assert self.place is not None
        room = self.place.conversation.pk
        if upto < 0:
            ask = database_sync_to_async(rendering.changes_in)
            found = await ask(room, self.revision, self.language)
        else:
            found = await changes(room, self.revision, upto, self.language)
        self.revision = max(self.revision, found.revision)
        await self.send_json(
            {
                "type": "changes",
                "revision": self.revision,
                "items": [{"number": number, "html": html} for number, html in found.items],
                "is_whole": found.is_whole,
                "is_locked": found.is_locked,
            }
        )

    async def _tell_others(self, what: str) -> None:
        assert self.place is not None
        await self.channel_layer.group_send(
            live.room(self.place.conversation.pk),
            {"type": "person.is", "what": what, "person": self.me, "from": self.channel_name},
        )

    async def _ask_now_and_then(self) -> None:
        while True:
            await asyncio.sleep(ASK_AGAIN * random.uniform(0.8, 1.2))
            await self._ask_again()

    async def _ask_again(self) -> None:
        """Whether the person is still signed in and may still read here; else the door is shut at once."""
        self.place = await self._enter(anew=True)
        if self.place is None:
            await self.close(NOT_THERE if self.scope["user"].is_authenticated else SIGNED_OUT)

    async def _enter(self, *, anew: bool = False) -> places.Place | None:
        if anew:
            self.scope["user"] = await database_sync_to_async(_user_of)(self.scope["session"].session_key)
        return await database_sync_to_async(self._find)()

    def _find(self) -> places.Place | None:
        user = self.scope["user"]
        if not user.is_authenticated or not user.is_active:
            return None
        place = places.find(self.scope["url_route"]["kwargs"]["public_id"], access.viewer_of(user))
        if place is not None and self.place is not None:
            conversations.stay(place=place)
        # Asked here, where the database may be asked: the loop of the sockets may not.
        self.may_write = place is not None and place.may_write
        return place


def _user_of(session_key: str | None) -> Any:
    """Whoever is signed in by that session, read anew."""
    return get_user(cast(Any, _Asking(session_key)))


class _Asking:
    """What Django's `get_user` needs of a request."""

    def __init__(self, session_key: str | None) -> None:
        self.session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
