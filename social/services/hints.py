"""Open pages are told that somebody's notifications are others now; what they are, they ask themselves.

Who keeps sockets registers here. Without any, pages ask now and then.
"""

from collections.abc import Callable, Iterable

Hint = Callable[[list[int]], None]
_listeners: list[Hint] = []


def listen(listener: Hint) -> None:
    """Call `listener` with the primary keys of people, after the commit of what changed for them."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell(user_ids: Iterable[int]) -> None:
    people = list(dict.fromkeys(user_ids))
    for listener in _listeners:
        if people:
            listener(people)
