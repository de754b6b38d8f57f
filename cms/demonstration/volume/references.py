"""Wagtail's index of references for many new pages at once: what the admin's "usage" reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, ReferenceIndex

from core import bulk_rows

# The content type and the key of what is referred to, and the place of it in the model and in this page.
Reference = tuple[int, str, str, str]


def within(page: Page) -> tuple[Reference, ...]:
    """What the StreamFields and rich texts of a page refer to."""
    fields = {field.name for field in page._meta.get_fields() if hasattr(field, "extract_references")}
    found = ReferenceIndex._extract_references_from_object(page)
    return tuple(dict.fromkeys(each for each in found if each[2].split(".")[0] in fields))


def record(pages: Iterable[tuple[Page, Sequence[Reference]]]) -> None:
    """Write what new pages refer to: by their foreign keys, and by what `within` found."""
    bulk_rows.append(row for page, inner in pages for row in _rows(page, inner))


def _rows(page: Any, inner: Sequence[Reference]) -> Iterator[ReferenceIndex]:
    model: Any = type(page)
    own = ContentType.objects.get_for_model(model, for_concrete_model=False)
    base = ReferenceIndex._get_base_content_type(model)
    keys = [(field, getattr(page, field.attname)) for field in _foreign_keys(model)]
    outer = [
        (ReferenceIndex._get_base_content_type(field.related_model).pk, str(key), field.name, field.name)
        for field, key in keys
        if key is not None
    ]
    for to_content_type, to_object, model_path, content_path in (*outer, *inner):
        yield ReferenceIndex(
            content_type_id=own.pk,
            base_content_type_id=base.pk,
            object_id=str(page.pk),
            to_content_type_id=to_content_type,
            to_object_id=to_object,
            model_path=model_path,
            content_path=content_path,
            content_path_hash=_digest(content_path),
        )


@cache
def _foreign_keys(model: Any) -> list[Any]:
    """Those that Wagtail counts as references."""
    return [
        field
        for field in model._meta.concrete_fields
        if field.many_to_one
        and not getattr(field, "wagtail_reference_index_ignore", False)
        and not getattr(field.related_model, "wagtail_reference_index_ignore", False)
    ]


@lru_cache(maxsize=4096)
def _digest(content_path: str) -> UUID:
    return ReferenceIndex._get_content_path_hash(content_path)
