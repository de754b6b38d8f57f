"""Entries recommended above the results of a search: kept by curators, counted as they are shown and followed."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction
from django.db.models import F

from core import audit
from core.fields import folded
from knowledge.models import Entry, PromotedPhrase, Promotion
from people import access
from people.models import User


@transaction.atomic
def save(
    *, promotion: Promotion, entry: Entry, phrases: Sequence[str], ends_date: date | None, by: User
) -> Promotion:
    """Recommend an entry for some words, up to and including a day."""
    access.require(by, f"knowledge.{'change' if promotion.pk else 'add'}_promotion")
    is_new = promotion.pk is None
    promotion.entry, promotion.ends_date = entry, ends_date
    promotion.save()
    promotion.phrases.all().delete()
    once = {folded(phrase): phrase for phrase in phrases}
    PromotedPhrase.objects.bulk_create(
        PromotedPhrase(promotion=promotion, text=text) for text in once.values()
    )
    audit.log("promotion.added" if is_new else "promotion.changed", actor=by, target=promotion)
    return promotion


@transaction.atomic
def remove(*, promotion: Promotion, by: User) -> None:
    """Recommend it no longer."""
    access.require(by, "knowledge.delete_promotion")
    audit.log("promotion.removed", actor=by, target=promotion)
    promotion.delete()


def count_shown(promotions: Iterable[int]) -> None:
    """They stood above somebody's results."""
    Promotion.objects.filter(pk__in=promotions).update(shown_count=F("shown_count") + 1)


def count_followed(promotion: int) -> None:
    """Somebody opened it from there."""
    Promotion.objects.filter(pk=promotion).update(followed_count=F("followed_count") + 1)
