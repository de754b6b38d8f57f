"""Writing rows into Wagtail's index tables, the same way on both databases."""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from modelsearch.conf import get_app_config
from modelsearch.utils import get_descendants_content_types_pks

from core import bulk_rows
from search.backends.database.cutting import Cut, Uncut, Writer, cut
from search.texts import BESIDE, BODY, SUMMARY, TITLE, Texts, texts_of


def uncut(texts: Texts) -> Uncut:
    return Uncut(texts.of(TITLE, SUMMARY), texts.of(BODY, BESIDE), texts.names)


class StemmedIndex:
    """Put before an index class of Wagtail: stores stems instead of leaving the words to the database."""

    entries: Any

    # How words become the text of a column, in whatever process.
    write: Writer

    def add_items(self, model: Any, objs: Iterable[Any]) -> None:
        self.store(model, [(row.pk, cut(uncut(texts_of(row)), self.write)) for row in objs])

    def store(self, model: Any, rows: Iterable[tuple[Any, Cut]]) -> None:
        """Write the words of rows of one concrete model over what was known of them."""
        content_type = ContentType.objects.get_for_model(model, for_concrete_model=False)
        stored = list(rows)
        bulk_rows.write_over(
            get_app_config().get_model("IndexEntry"),
            {
                "content_type_id": [content_type.pk] * len(stored),
                "object_id": [str(pk) for pk, _words in stored],
                "title": [words.title for _pk, words in stored],
                "body": [words.body for _pk, words in stored],
                "autocomplete": [words.autocomplete for _pk, words in stored],
            },
            unique=["content_type_id", "object_id"],
        )

    def remove(self, model: Any, pks: Iterable[Any]) -> None:
        """Forget rows of a model or of those that inherit from it."""
        self.entries.filter(
            content_type_id__in=get_descendants_content_types_pks(model),
            object_id__in=[str(pk) for pk in pks],
        ).delete()

    def stored(self, model: Any, apart_from: Iterable[Any] = ()) -> list[str]:
        """The primary keys of what is known of a model and of those that inherit from it, but for some of them."""
        types = set(get_descendants_content_types_pks(model))
        for other in apart_from:
            types -= set(get_descendants_content_types_pks(other))
        return list(self.entries.filter(content_type_id__in=types).values_list("object_id", flat=True))

    def _refresh_title_norms(self, full: bool = False) -> None:
        """Weights of columns are given when ranking; a norm by the length of titles would count them twice."""
