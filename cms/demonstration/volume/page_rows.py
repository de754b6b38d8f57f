"""Adds many pages to the tree at once.

`add_child` asks and writes some forty times for each page. Here the paths are worked out in advance and each table of
the page's type gets one insert a batch. Signals are not sent: who calls this sees to what would follow from them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.db import models, router, transaction
from wagtail.models import Page

# SQLite takes 32 766 values in one statement; a page has some thirty columns.
BATCH: Final = 400


@transaction.atomic
def insert(children: Sequence[tuple[Page, Page]]) -> None:
    """Write new pages of one type, given as (parent, page); parents and pages are brought up to date."""
    if not children:
        return
    model = type(children[0][1])
    if any(type(page) is not model for _parent, page in children):
        raise TypeError("pages of one type at a time")
    parents = {parent.pk: parent for parent, _page in children}
    locked = {row.pk: row for row in Page.objects.select_for_update().filter(pk__in=parents)}
    _place(children, locked, ContentType.objects.get_for_model(model))
    pages = [page for _parent, page in children]
    for start in range(0, len(pages), BATCH):
        _write(model, pages[start : start + BATCH])
    for pk, row in locked.items():
        parents[pk].numchild = row.numchild
    Page.objects.bulk_update(locked.values(), ["numchild"], batch_size=BATCH)


def _place(
    children: Sequence[tuple[Page, Page]], parents: dict[int, Page], content_type: ContentType
) -> None:
    last_steps = {pk: _last_step(row) for pk, row in parents.items()}
    for parent, page in children:
        row = parents[parent.pk]
        last_steps[row.pk] += 1
        page.path = row._get_path(row.path, row.depth + 1, last_steps[row.pk])
        page.depth = row.depth + 1
        page.numchild = 0
        row.numchild += 1
        page.content_type = content_type
        page.draft_title = page.draft_title or page.title
        page.url_path = f"{row.url_path}{page.slug}/"
        page.locale_id = page.locale_id or row.locale_id


def _last_step(parent: Page) -> int:
    last = parent.get_last_child()
    return Page._str2int(last.path[-Page.steplen :]) if last else 0


def _write(model: type[Page], pages: list[Page]) -> None:
    """One insert for each table, from the tree's own down to that of the type."""
    chain: list[Any] = [parent for parent in reversed(model.__mro__) if _has_table(parent)]
    using = router.db_for_write(model)
    for table in chain:
        options = table._meta
        own_key = options.auto_field is not None
        fields = [field for field in options.local_concrete_fields if not (own_key and field.primary_key)]
        # What Django's own save does for one row of a table with a parent; `bulk_create` refuses such tables.
        returned = table._base_manager._insert(
            pages,
            fields=fields,
            returning_fields=[options.pk] if own_key else None,
            using=using,
        )
        if own_key:
            for page, (key,) in zip(pages, returned, strict=True):
                _identify(page, key)
    for page in pages:
        page._state.adding = False
        page._state.db = using


def _identify(page: Page, key: int) -> None:
    """The key of the tree's row is that of the row in each table below it."""
    page.id = key
    for field in page._meta.concrete_fields:
        if isinstance(field, models.OneToOneField) and field.remote_field.parent_link:
            setattr(page, field.attname, key)


def _has_table(candidate: Any) -> bool:
    return issubclass(candidate, Page) and not candidate._meta.abstract
