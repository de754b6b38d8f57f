"""The files that a page shows, documents and pictures in one statement: who may open them is one rule for both."""

from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import CharField, IntegerField, QuerySet, UUIDField, Value
from django.db.models.functions import Cast

from knowledge import pictures
from knowledge.pictures import Picture
from people.access import Viewer
from people.models import Document

NONE = Value(None)
# What a document has not of the columns of a picture, in their place; its size stands where a picture's width does.
LACKING = {
    "no_credit": Value("", CharField()),
    "no_height": Value(0, IntegerField()),
    "no_rendition": Cast(NONE, UUIDField()),
    "no_spec": Cast(NONE, CharField()),
    "no_rendition_file": Cast(NONE, CharField()),
    "no_rendition_width": Cast(NONE, IntegerField()),
    "no_rendition_height": Cast(NONE, IntegerField()),
}
_credit, _height, *_rendition = LACKING
COLUMNS = ("pk", "public_id", "title", "description", _credit, "file_size", _height, "file", *_rendition)


def visible(
    documents: set[int], images: dict[int, set[str]], viewer: Viewer
) -> tuple[dict[int, Document], dict[int, Picture]]:
    """Of these documents and these pictures (identifier → specifications) what the viewer may see."""
    if not documents or not images:
        found = Document.objects.visible_to(viewer).in_bulk(documents) if documents else {}
        return found, pictures.visible(images, viewer)
    of_documents = Document.objects.visible_to(viewer).filter(pk__in=documents).annotate(**LACKING)
    rows = list(
        _kind("image", pictures.rows(images, viewer), pictures.COLUMNS).union(
            _kind("document", of_documents, COLUMNS), all=True
        )
    )
    return (
        {row[1]: _document(row[1:]) for row in rows if row[0] == "document"},
        pictures.of_rows((row[1:] for row in rows if row[0] == "image"), images),
    )


def _kind(kind: str, rows: QuerySet[Any], columns: tuple[str, ...]) -> QuerySet[Any, tuple[Any, ...]]:
    return rows.order_by().annotate(row_kind=Value(kind, CharField())).values_list("row_kind", *columns)


def _document(row: tuple[Any, ...]) -> Document:
    """With the columns at hand; the others would be asked for when they are used."""
    given = dict(zip(COLUMNS, row, strict=False))
    given["id"] = given.pop("pk")
    names = [column.attname for column in Document._meta.concrete_fields if column.attname in given]
    return Document.from_db(DEFAULT_DB_ALIAS, names, [given[name] for name in names])
