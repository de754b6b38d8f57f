"""What stands inside documents, for those who have made sure that their reader may open them."""

from collections.abc import Iterable, Mapping

from django.db.models import QuerySet
from django.db.models.functions import Substr

from search.choices import TextState
from search.models import DocumentText

ROWS_AT_ONCE = 20


def lengths(document_ids: Iterable[int]) -> dict[int, int]:
    """How many characters the texts have that are known, by document."""
    return dict(_known(document_ids).values_list("document_id", "characters"))


def beginnings(wanted: Mapping[int, int]) -> dict[int, str]:
    """Of each document as many characters as are wanted, by document; no more than these are held in memory."""
    most = max(wanted.values(), default=0)
    rows = _known(wanted).values_list("document_id", Substr("text", 1, most or 1))
    return {pk: text[: wanted[pk]] for pk, text in rows.iterator(ROWS_AT_ONCE)}


def _known(document_ids: Iterable[int]) -> QuerySet[DocumentText]:
    return DocumentText.objects.filter(document__in=set(document_ids), state=TextState.KNOWN)
