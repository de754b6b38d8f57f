"""What people talk about, react to, follow and are told of: declared by the app whose thing it is.

social/ attaches conversations, reactions and follows to a *subject*, a pair of `kind` and `key`, and knows no feature.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from core.declarations import Registry, Viewer


@dataclass(frozen=True)
class Card:
    """A subject in a line: what it is called, where it opens, whose it is; `language` is the title's."""

    title: str
    url: str
    context: str = ""
    language: str = ""


def _never(row: Any) -> bool:
    return False


def _nobody(viewer: Any, row: Any) -> bool:
    return False


@dataclass(frozen=True)
class Subject:
    """A kind of thing that social/ attaches to.

    `visible(viewer)` is a queryset of `model` limited to what the viewer may see, `key` the name of its UUID, and
    `cards(rows, languages)` say what each is called, with a constant number of queries. `may_write(viewer, row)` and
    `moderates(viewer, row)` judge a row that the viewer may see: whether they may take part, and whether they look
    after what others write there.
    """

    kind: str
    label: Any
    icon: str
    model: Any
    visible: Callable[[Any], QuerySet[Any]]
    cards: Callable[[list[Any], tuple[str, ...]], list[Card]]
    key: str = "public_id"
    may_write: Callable[[Any, Any], bool] = _nobody
    moderates: Callable[[Any, Any], bool] = _nobody
    # Whether it has come to an end of its own, which only its app takes back.
    has_ended: Callable[[Any], bool] = _never
    # Whether people comment on it and react to it; what is only followed, or has a chat of its own, takes neither.
    takes_comments: bool = False

    def find(self, key: Any, viewer: Viewer) -> Any:
        """The row with that key, None where the viewer may not see it."""
        return self.visible(viewer).filter(**{self.key: key}).first()

    def seen(self, keys: Any, viewer: Viewer) -> QuerySet[Any]:
        """Those of the keys that the viewer may see."""
        return self.visible(viewer).filter(**{f"{self.key}__in": keys}).values_list(self.key, flat=True)


subjects: Registry[Subject] = Registry()
