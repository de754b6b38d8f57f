"""Hints to open sockets: that something has changed, never what. Who gets one asks the database.

A hint that is lost, because Redis or a server was away, is made good by the next one or by asking now and then.
"""

import asyncio
import logging
from collections.abc import Iterable
from functools import partial
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction

from social.models import Conversation

logger = logging.getLogger("guildhall.live")

MOST_TOLD = 200

# Where one process serves pages, sockets and background work: its layer belongs to this loop and to no other.
_loop: list[asyncio.AbstractEventLoop] = []


def room(conversation_id: int) -> str:
    return f"conversation.{conversation_id}"


def person(user_id: int) -> str:
    return f"person.{user_id}"


def stay_in(loop: asyncio.AbstractEventLoop | None) -> None:
    """From now on hints from other threads are sent in this loop; None ends that."""
    _loop[:] = [loop] if loop else []


def tell_room(conversation: Conversation) -> None:
    """After the commit: the conversation has come to this revision."""
    hint = {"type": "conversation.changed", "revision": conversation.revision}
    transaction.on_commit(partial(send, room(conversation.pk), hint), robust=True)


def tell_person(user_id: int, kind: str, **more: Any) -> None:
    """After the commit: something that concerns one person, wherever they have a page open."""
    transaction.on_commit(partial(send, person(user_id), {"type": kind, **more}), robust=True)


def ask_people_again(user_ids: Iterable[int]) -> None:
    """After the commit: the pages that these people have open ask whether they may still show what they show."""
    for user_id in user_ids:
        tell_person(user_id, "access.changed")


def ask_rooms_again(conversation_ids: Iterable[int]) -> None:
    """The same for everybody in these rooms."""
    for conversation_id in conversation_ids:
        hint = {"type": "access.changed"}
        transaction.on_commit(partial(send, room(conversation_id), hint), robust=True)


def tell_of_news(user_ids: list[int]) -> None:
    """That their notifications are others now; of a crowd the first, the others' pages ask by themselves."""
    for user_id in user_ids[:MOST_TOLD]:
        send(person(user_id), {"type": "notifications.changed"})


def send(group: str, hint: dict[str, Any]) -> None:
    """Pass a hint on. That the layer is away is not the writer's trouble."""
    layer = get_channel_layer()
    try:
        if _loop and not _is_running_here(_loop[0]):
            asyncio.run_coroutine_threadsafe(layer.group_send(group, hint), _loop[0]).result(5)
        else:
            async_to_sync(layer.group_send)(group, hint)
    except Exception as error:  # noqa: BLE001 - whatever a layer raises while its server is away
        logger.warning("no hint to %s: %s", group, error)


def _is_running_here(loop: asyncio.AbstractEventLoop) -> bool:
    try:
        return asyncio.get_running_loop() is loop
    except RuntimeError:
        return False
