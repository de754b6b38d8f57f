"""What a new owner is told: one mail for all the entries that came to them at once."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from core import clock
from knowledge.choices import BulkItemState
from knowledge.models import BulkChange, Entry
from people import access, mails
from people.models import User

LISTED = 200


@transaction.atomic
def tell(change_id: int) -> bool:
    """Mail the new owner what is theirs now and what they may see; once, and not of what was taken back meanwhile."""
    change = BulkChange.objects.select_for_update().select_related("asked_by").get(pk=change_id)
    owner = User.objects.get(pk=change.arguments["owner"])
    if change.told_at is not None or not owner.is_active:
        return False
    given = change.items.filter(state=BulkItemState.DONE).values("entry")
    language = owner.preferred_language
    with translation.override(language):
        entries = (
            Entry.objects.visible_to(access.viewer_of(owner))
            .filter(pk__in=given, owner=owner)
            .titled(language)
            .order_by("review_date", "pk")
        )
        count = entries.count()
        if not count:
            return False
        base = str(settings.WAGTAILADMIN_BASE_URL)
        mails.tell(
            owner,
            "knowledge/mail/handed_over",
            giver=change.asked_by,
            note=change.arguments.get("note", ""),
            count=count,
            rows=[(entry, base + entry.get_absolute_url()) for entry in entries[:LISTED]],
            more=max(0, count - LISTED),
            url=base + reverse("person", args=[owner.public_id]),
        )
    change.told_at = clock.now()
    change.save(update_fields=["told_at"])
    return True
