"""Mails of knowledge/, in the language of who gets them."""

from django.conf import settings
from django.urls import reverse
from django_tasks import task

from knowledge.models import Entry
from people import access, mails
from people.models import User


@task
def mail_owner_asked(entry_id: int, asker_id: int) -> None:
    """Ask the owner whether an entry is still true, if they still answer for it and may see it."""
    entry = Entry.objects.published().select_related("owner", "community").filter(pk=entry_id).first()
    if entry is None:
        return
    owner = entry.owner
    if not Entry.objects.visible_to(access.viewer_of(owner)).filter(pk=entry_id).exists():
        return
    titled = Entry.objects.titled(owner.preferred_language).get(pk=entry_id)
    mails.tell(
        owner,
        "knowledge/mail/owner_asked",
        url=settings.WAGTAILADMIN_BASE_URL + reverse("entry", args=[entry.key]),
        title=titled.title,
        asker=User.objects.get(pk=asker_id),
        community=entry.community,
    )
