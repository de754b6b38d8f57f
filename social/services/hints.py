"""Open pages are told that somebody's notifications are others now; what they are, they ask themselves.

Who keeps sockets registers here. Without any, pages ask now and then.
"""

from collections.abc import Callable, Iterable

from django.db import transaction

Hint = Callable[[list[int]], None]
_listeners: list[Hint] = []


def listen(listener: Hint) -> None:
    """Call `listener` with the primary keys of people, after the commit of what changed for them."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell(user_ids: Iterable[int]) -> None:
    """After the commit of the running transaction. A listener that fails keeps nothing from having happened."""
    people = list(dict.fromkeys(user_ids))
    if people and _listeners:
        transaction.on_commit(lambda: _call(people), robust=True)


def _call(people: list[int]) -> None:
    for listener in _listeners:
        listener(people)
