"""Writing rows into Wagtail's index tables, the same way on both databases."""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from modelsearch.conf import get_app_config
from modelsearch.utils import get_descendants_content_types_pks

from search import analysis
from search.texts import BESIDE, BODY, SUMMARY, TITLE, Texts, texts_of

BATCH = 100


class StemmedIndex:
    """Put before an index class of Wagtail: stores stems instead of leaving the words to the database."""

    entries: Any

    @staticmethod
    def vector(text: str, weight: str) -> Any:
        """The value of one column."""
        raise NotImplementedError

    def add_items(self, model: Any, objs: Iterable[Any]) -> None:
        self.store(model, [(row.pk, texts_of(row)) for row in objs])

    def store(self, model: Any, texts: Iterable[tuple[Any, Texts]]) -> None:
        """Write the words of rows of one concrete model over what was known of them."""
        content_type = ContentType.objects.get_for_model(model, for_concrete_model=False)
        entry = get_app_config().get_model("IndexEntry")
        entry.objects.bulk_create(
            [
                entry(
                    content_type_id=content_type.pk,
                    object_id=str(pk),
                    title=self.vector(analysis.stored(text.of(TITLE, SUMMARY)), "A"),
                    body=self.vector(analysis.stored(text.of(BODY, BESIDE)), "D"),
                    autocomplete=self.vector(analysis.stored_for_typing(text.names), "D"),
                )
                for pk, text in texts
            ],
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["content_type", "object_id"],
            update_fields=["title", "body", "autocomplete"],
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
