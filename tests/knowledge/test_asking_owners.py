"""A lead asks who answers for an entry whether it is still true: by mail, once a day, and only whom it concerns."""

from typing import Any

import pytest
from django.core import mail

from core.models import AuditEntry
from knowledge.models import Entry
from tests.world import World

pytestmark = pytest.mark.django_db


def ask(client: Any, entry: Entry, capture: Any) -> Any:
    with capture(execute=True):
        return client.post(f"/entries/{entry.key}/ask-owner/", follow=True)


def test_the_owner_gets_one_mail_a_day(
    world: World, sign_in: Any, django_capture_on_commit_callbacks: Any
) -> None:
    entry = world.entries["workshop-open"]
    Entry.objects.filter(pk=entry.pk).update(owner=world.member)
    first = ask(sign_in(world.lead), entry, django_capture_on_commit_callbacks)
    assert "Asked: Max Member gets a mail." in first.content.decode()
    second = ask(sign_in(world.curator), entry, django_capture_on_commit_callbacks)
    assert "The owner was asked today already." in second.content.decode()
    assert [letter.to for letter in mail.outbox] == [["member@example.org"]]
    assert "Title of workshop-open" in mail.outbox[0].subject
    assert f"/entries/{entry.key}/" in mail.outbox[0].body
    assert AuditEntry.objects.filter(action="entry.owner_asked").count() == 1


def test_who_may_no_longer_see_it_is_not_written_to(
    world: World, sign_in: Any, django_capture_on_commit_callbacks: Any
) -> None:
    """Its title would tell them what is inside."""
    entry = world.entries["boardroom-open"]
    Entry.objects.filter(pk=entry.pk).update(owner=world.employee)
    ask(sign_in(world.lead), entry, django_capture_on_commit_callbacks)
    assert mail.outbox == []
