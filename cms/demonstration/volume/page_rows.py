"""Adds many pages to the tree at once.

`add_child` asks and writes some forty times for each page. Here the paths are worked out in advance, and each table of
the page's type is written to once, as are what `add_child` brings with it: the line in the page's history and the
index of references. Signals are not sent: who calls this sees to what else would follow from them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Concat
from wagtail.models import Page, PageLogEntry

from cms.demonstration.volume import references
from cms.demonstration.volume.references import Reference
from core import bulk_rows, clock

FIRST: Final = "0" * (Page.steplen - 1) + "1"
LAST: Final = "Z" * Page.steplen


@dataclass(frozen=True)
class NewPage:
    """A page that is to stand below `parent_id`.

    `streams` are its StreamFields as JSON, and `references` what they refer to (`references.within`): both can be
    worked out once for many pages.
    """

    parent_id: int
    page: Page
    streams: Mapping[str, str] = field(default_factory=dict)
    references: Sequence[Reference] = ()


@dataclass
class _Place:
    """Where the next child of a page stands."""

    path: str
    depth: int
    url_path: str
    locale_id: int
    last_step: int
    added: int = 0


@transaction.atomic
def insert(children: Sequence[NewPage]) -> None:
    """Write new pages of one type, with the same StreamFields given for each."""
    if not children:
        return
    places = _places({child.parent_id for child in children})
    content_type = ContentType.objects.get_for_model(type(children[0].page))
    for child in children:
        _put(child.page, places[child.parent_id], content_type)
    bulk_rows.insert(
        [child.page for child in children],
        streams={name: [child.streams[name] for child in children] for name in children[0].streams},
    )
    _count_children(places)
    _write_history(children, content_type)
    references.record([(child.page, child.references) for child in children])


def _places(parents: set[int]) -> dict[int, _Place]:
    """The parents, locked in the order in which everybody locks them, and the last step below each."""
    locked = (
        Page.objects.select_for_update()
        .filter(pk__in=parents)
        .order_by("pk")
        .values_list("pk", "path", "depth", "url_path", "locale_id")
    )
    places = {row[0]: _Place(row[1], row[2], row[3], row[4], last_step=0) for row in locked}
    below = (Concat(OuterRef("path"), Value(FIRST)), Concat(OuterRef("path"), Value(LAST)))
    children = Page.objects.filter(path__range=below, depth=OuterRef("depth") + 1).order_by("-path")
    last = Page.objects.filter(pk__in=parents).annotate(last=Subquery(children.values("path")[:1])).order_by()
    for pk, path in last.values_list("pk", "last"):
        if path:
            places[pk].last_step = Page._str2int(path[-Page.steplen :])
    return places


def _put(page: Any, place: _Place, content_type: ContentType) -> None:
    place.last_step += 1
    place.added += 1
    page.path = Page._get_path(place.path, place.depth + 1, place.last_step)
    page.depth = place.depth + 1
    page.numchild = 0
    page.content_type = content_type
    page.draft_title = page.draft_title or page.title
    page.url_path = f"{place.url_path}{page.slug}/"
    page.locale_id = page.locale_id or place.locale_id


def _count_children(places: Mapping[int, _Place]) -> None:
    """Parents that got as many children share a statement."""
    by_number: dict[int, list[int]] = defaultdict(list)
    for pk, place in places.items():
        by_number[place.added].append(pk)
    for number, parents in by_number.items():
        Page.objects.filter(pk__in=parents).update(numchild=F("numchild") + number)


def _write_history(children: Sequence[NewPage], content_type: ContentType) -> None:
    now = clock.now()
    bulk_rows.append(
        PageLogEntry(
            page_id=child.page.pk,
            content_type=content_type,
            label=child.page.draft_title,
            action="wagtail.create",
            timestamp=now,
            user_id=child.page.owner_id,
            content_changed=True,
        )
        for child in children
    )
