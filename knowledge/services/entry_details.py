"""What is the same in every language of an entry, as curators and leads edit it."""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from knowledge.models import Entry
from knowledge.services import entries
from people.models import User
from people.services import memberships


@transaction.atomic
def save(*, entry: Entry, by: User, write: Callable[[], Any]) -> Entry:
    """Save an edited entry by `write`; a change of its access goes its own way, which asks and records."""
    memberships.require_management(by, entry.community)
    chosen, entry.access = entry.access, Entry.objects.only("access").get(pk=entry.pk).access
    write()
    if chosen != entry.access:
        entries.set_access(entry=entry, by=by, access=chosen)
    return entry
