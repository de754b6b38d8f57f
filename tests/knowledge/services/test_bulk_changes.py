"""Many entries at once: each exactly once whatever happens, refused with a reason, put back where that is possible."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection

from core import background, clock
from core.fields import uuid7
from core.models import AuditEntry, Job, OutboxEntry
from knowledge.choices import BulkAction, BulkItemState, BulkState
from knowledge.models import BulkChange, BulkItem, Entry, EntryPage, EntryTag, Tag
from knowledge.services import bulk_changes, entries, tags
from knowledge.services.bulk_changes import BulkChangeRefused
from people.models import User
from tests import world as worlds
from tests.knowledge.reports import crowd


def ask(by: User, action: BulkAction, chosen: Iterable[Entry], **arguments: Any) -> BulkChange:
    return bulk_changes.ask(
        by=by, action=action, arguments=arguments, entries=[entry.pk for entry in chosen], token=uuid7()
    )


def outcome(change: BulkChange) -> dict[str, str]:
    rows = change.items.values_list("entry__slug", "state", "refusal")
    return {slug: refusal or state for slug, state, refusal in rows}


def some(world: worlds.World, *slugs: str) -> list[Entry]:
    return [Entry.objects.get(slug=slug) for slug in slugs]


class TestHandOver:
    def test_the_new_owner_gets_one_mail_for_all(
        self, world: worlds.World, django_capture_on_commit_callbacks: Any
    ) -> None:
        User.objects.filter(pk=world.colleague.pk).update(language="he")
        chosen = some(world, "workshop-open", "workshop-closed", "boardroom-open")
        with django_capture_on_commit_callbacks(execute=True):
            change = ask(
                world.curator, BulkAction.HAND_OVER, chosen, owner=world.colleague.pk, note="You know it best"
            )
        assert outcome(change) == {
            "workshop-open": "done",
            # Closed to those who are no members: they could not look after it.
            "workshop-closed": "owner_outside",
            "boardroom-open": "owner_outside",
        }
        assert Entry.objects.get(slug="workshop-open").owner == world.colleague
        assert Entry.objects.get(slug="workshop-closed").owner == world.lead
        sent = [message for message in mail.outbox if message.to == [world.colleague.email]]
        assert len(sent) == 1
        assert "You know it best" in sent[0].body
        assert "Title of workshop-open" in sent[0].body
        assert "closed" not in sent[0].body
        assert AuditEntry.objects.filter(action="entry.handed_over").count() == 1

    def test_it_is_undone_unless_somebody_went_on(
        self, world: worlds.World, django_capture_on_commit_callbacks: Any
    ) -> None:
        chosen = some(world, "workshop-open", "workshop-closed")
        change = ask(world.curator, BulkAction.HAND_OVER, chosen, owner=world.member.pk)
        Entry.objects.filter(slug="workshop-closed").update(owner=world.expert)
        bulk_changes.undo(change=change, by=world.curator)
        assert outcome(change) == {"workshop-open": "undone", "workshop-closed": "changed"}
        assert Entry.objects.get(slug="workshop-open").owner == world.lead
        assert Entry.objects.get(slug="workshop-closed").owner == world.expert
        change.refresh_from_db()
        assert change.state == BulkState.UNDONE
        with pytest.raises(BulkChangeRefused):
            bulk_changes.undo(change=change, by=world.curator)

    def test_who_has_left_gets_nothing(self, world: worlds.World) -> None:
        User.objects.filter(pk=world.colleague.pk).update(is_active=False)
        change = ask(
            world.curator, BulkAction.HAND_OVER, some(world, "workshop-open"), owner=world.colleague.pk
        )
        assert outcome(change) == {"workshop-open": "owner_left"}


class TestRights:
    def test_are_asked_for_each_entry_when_it_is_done(self, world: worlds.World) -> None:
        chosen = some(world, "workshop-open", "workshop-classified", "vault-open")
        day = (clock.today() + timedelta(days=30)).isoformat()
        change = ask(world.curator, BulkAction.SET_REVIEW_DATE, chosen, review_date=day)
        assert outcome(change) == {
            "workshop-open": "done",
            "workshop-classified": "not_allowed",
            "vault-open": "not_allowed",
        }

    def test_who_lost_them_half_way_changes_no_more(self, world: worlds.World, monkeypatch: Any) -> None:
        monkeypatch.setattr(bulk_changes, "AT_ONCE", 0)
        chosen = some(world, "workshop-open", "workshop-closed")
        day = (clock.today() + timedelta(days=30)).isoformat()
        change = ask(world.curator, BulkAction.SET_REVIEW_DATE, chosen, review_date=day)
        assert bulk_changes.go_on(change.pk, most=1)
        User.objects.filter(pk=world.curator.pk).update(is_active=False)
        bulk_changes.go_on(change.pk)
        assert sorted(outcome(change).values()) == ["done", "not_allowed"]

    def test_the_change_is_theirs_who_asked(self, world: worlds.World) -> None:
        change = ask(world.curator, BulkAction.HAND_OVER, some(world, "workshop-open"), owner=world.member.pk)
        for verb in (bulk_changes.undo, bulk_changes.cancel, bulk_changes.resume):
            with pytest.raises(PermissionDenied):
                verb(change=change, by=world.moderator)
        assert not BulkChange.objects.visible_to(world.viewer("moderator")).exists()


class TestDates:
    def test_checked_and_undone(self, world: worlds.World) -> None:
        chosen = some(world, "workshop-open", "draft")
        day = clock.today() + timedelta(days=365)
        change = ask(world.curator, BulkAction.CONFIRM, chosen, review_date=day.isoformat())
        assert outcome(change) == {"workshop-open": "done", "draft": "not_published"}
        entry = Entry.objects.get(slug="workshop-open")
        assert (entry.review_date, entry.checked_at is not None) == (day, True)
        bulk_changes.undo(change=change, by=world.curator)
        entry.refresh_from_db()
        assert (entry.review_date, entry.checked_at) == (None, None)


class TestTags:
    def names(self, slug: str) -> set[str]:
        rows = EntryTag.objects.filter(content_object__entry__slug=slug)
        return set(rows.values_list("tag__name", flat=True))

    def drafted(self, slug: str) -> set[str]:
        draft = EntryPage.objects.get(entry__slug=slug).get_latest_revision_as_object()
        return {tag.name for tag in draft.tags.all()}

    def test_come_and_go_and_only_what_came_goes_again(self, world: worlds.World) -> None:
        pump = tags.create(name="pump", by=world.curator)
        page = world.entries["workshop-open"].pages.get().specific
        page.tags.add(pump)
        page.save_revision().publish()
        chosen = some(world, "workshop-open", "workshop-closed")
        before = OutboxEntry.objects.latest("sequence").sequence
        change = ask(world.curator, BulkAction.ADD_TAGS, chosen, tags=[pump.pk])
        assert self.names("workshop-closed") == {"pump"} == self.drafted("workshop-closed")
        changed = OutboxEntry.objects.filter(sequence__gt=before, kind="entry").values_list("key", flat=True)
        assert set(changed) == {str(Entry.objects.get(slug="workshop-closed").key)}
        stored = EntryPage.objects.get(entry__slug="workshop-closed")
        assert not stored.has_unpublished_changes
        assert stored.live_revision_id == stored.latest_revision_id
        bulk_changes.undo(change=change, by=world.curator)
        assert (self.names("workshop-open"), self.names("workshop-closed")) == ({"pump"}, set())
        assert self.drafted("workshop-closed") == set()

    def test_are_removed_and_put_back(self, world: worlds.World) -> None:
        pump = Tag.objects.create(name="pump", slug="pump")
        ask(world.curator, BulkAction.ADD_TAGS, some(world, "workshop-open"), tags=[pump.pk])
        chosen = some(world, "workshop-open", "workshop-closed")
        change = ask(world.curator, BulkAction.REMOVE_TAGS, chosen, tags=[pump.pk])
        assert self.names("workshop-open") == set()
        bulk_changes.undo(change=change, by=world.curator)
        assert (self.names("workshop-open"), self.names("workshop-closed")) == ({"pump"}, set())


class TestMove:
    def test_all_languages_and_the_files_move_and_come_back(self, world: worlds.World) -> None:
        entry = world.entries["workshop-open"]
        worlds.entry("in-russian", world.open, world.lead, language="ru", translation_of=entry)
        picture = worlds.picture("seal", world.open)
        worlds.use_in_body(entry.pages.get(locale__language_code="en"), picture)
        change = ask(world.curator, BulkAction.MOVE, [entry], community=world.closed.pk, with_files=True)
        assert outcome(change) == {"workshop-open": "done"}
        entry.refresh_from_db()
        assert entry.community == world.closed
        parents = {page.get_parent().specific.community for page in entry.pages.all()}
        assert parents == {world.closed}
        picture.refresh_from_db()
        assert picture.collection.community.community == world.closed
        bulk_changes.undo(change=change, by=world.curator)
        entry.refresh_from_db()
        assert entry.community == world.open
        picture.refresh_from_db()
        assert picture.collection.community.community == world.open

    def test_not_into_a_community_that_one_does_not_manage(self, world: worlds.World) -> None:
        change = ask(
            world.curator, BulkAction.MOVE, some(world, "workshop-open"), community=world.classified.pk
        )
        assert outcome(change) == {"workshop-open": "not_allowed"}


class TestPublishing:
    def test_out_of_the_catalogue_with_a_reason_and_back(self, world: worlds.World) -> None:
        chosen = some(world, "workshop-open", "draft")
        change = ask(world.curator, BulkAction.ARCHIVE, chosen, reason="The line was sold.")
        assert outcome(change) == {"workshop-open": "done", "draft": "not_published"}
        entry = Entry.objects.get(slug="workshop-open")
        assert (entry.published_at, entry.archive_reason) == (None, "The line was sold.")
        with pytest.raises(BulkChangeRefused):
            bulk_changes.undo(change=change, by=world.curator)
        ask(world.curator, BulkAction.PUBLISH, [entry])
        entry.refresh_from_db()
        assert entry.published_at is not None
        assert entry.archive_reason == ""

    def test_what_is_locked_or_says_nothing_stays(self, world: worlds.World) -> None:
        EntryPage.objects.filter(entry__slug="workshop-open").update(locked=True, locked_by=world.lead)
        change = ask(world.curator, BulkAction.UNPUBLISH, some(world, "workshop-open", "workshop-closed"))
        assert outcome(change) == {"workshop-open": "locked", "workshop-closed": "done"}
        page = world.entries["draft"].pages.get().specific
        page.summary = ""
        page.save_revision(clean=False)
        change = ask(world.curator, BulkAction.PUBLISH, some(world, "draft"))
        assert outcome(change) == {"draft": "no_summary"}

    def test_what_breaks_is_refused_alone(self, world: worlds.World, monkeypatch: Any) -> None:
        def broken(**given: Any) -> None:
            raise RuntimeError("out of order")

        monkeypatch.setattr(entries, "confirm_still_true", broken)
        change = ask(
            world.curator, BulkAction.CONFIRM, some(world, "workshop-open"), review_date="2030-01-01"
        )
        assert outcome(change) == {"workshop-open": "failed"}
        assert change.state == BulkState.DONE


class TestAsking:
    def test_the_same_form_twice_is_one_change(self, world: worlds.World) -> None:
        token = uuid7()
        given = {"action": BulkAction.HAND_OVER, "arguments": {"owner": world.member.pk}, "token": token}
        keys = [world.entries["workshop-open"].pk]
        first = bulk_changes.ask(by=world.curator, entries=keys, **given)
        assert bulk_changes.ask(by=world.curator, entries=keys, **given) == first
        with pytest.raises(PermissionDenied):
            bulk_changes.ask(by=world.moderator, entries=keys, **given)

    @pytest.mark.slow
    def test_many_are_done_in_the_background(
        self, world: worlds.World, monkeypatch: Any, django_capture_on_commit_callbacks: Any
    ) -> None:
        monkeypatch.setattr(bulk_changes, "A_JOB", 4)
        chosen = crowd.entries(world.open, world.lead, 101)
        day = (clock.today() + timedelta(days=30)).isoformat()
        with django_capture_on_commit_callbacks(execute=True):
            change = ask(world.curator, BulkAction.SET_REVIEW_DATE, chosen, review_date=day)
            assert change.state == BulkState.RUNNING
        change.refresh_from_db()
        assert change.state == BulkState.DONE
        assert set(outcome(change).values()) == {"done"}

    def test_stopped_half_way_it_goes_on_or_is_undone(self, world: worlds.World, monkeypatch: Any) -> None:
        monkeypatch.setattr(bulk_changes, "AT_ONCE", 0)
        chosen = crowd.entries(world.open, world.lead, 6)
        day = (clock.today() + timedelta(days=30)).isoformat()
        change = ask(world.curator, BulkAction.SET_REVIEW_DATE, chosen, review_date=day)
        bulk_changes.go_on(change.pk, most=2)
        bulk_changes.cancel(change=change, by=world.curator)
        bulk_changes.go_on(change.pk)
        assert sorted(outcome(change).values()) == ["done"] * 2 + ["waiting"] * 4
        bulk_changes.resume(change=change, by=world.curator)
        bulk_changes.go_on(change.pk, most=1)
        bulk_changes.undo(change=change, by=world.curator)
        bulk_changes.go_on(change.pk)
        assert sorted(outcome(change).values()) == ["undone"] * 3 + ["waiting"] * 3
        assert not Entry.objects.filter(review_date=day).exists()

    def test_only_what_stands_still_is_taken_up_again(self, world: worlds.World, monkeypatch: Any) -> None:
        monkeypatch.setattr(bulk_changes, "AT_ONCE", 0)
        change = ask(world.curator, BulkAction.PUBLISH, some(world, "workshop-open"))
        with pytest.raises(BulkChangeRefused):
            bulk_changes.resume(change=change, by=world.curator)
        BulkChange.objects.filter(pk=change.pk).update(moved_at=clock.now() - timedelta(minutes=5))
        jobs = Job.objects.count()
        bulk_changes.resume(change=change, by=world.curator)
        assert Job.objects.count() == jobs + 1


# Slow enough to be killed in the middle of an entry, when it is changed and not yet committed.
WORKER = """
import time
import django; django.setup()
from knowledge.services import bulk_changes, curation
perform = curation.perform
def slowly(**given):
    former = perform(**given)
    time.sleep(0.1)
    return former
curation.perform = slowly
bulk_changes.go_on({change})
"""


@pytest.mark.services
@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="another process cannot reach a database in memory"
)
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_half_way_loses_nothing_and_does_nothing_twice(monkeypatch: Any) -> None:
    """Twice SIGKILL, two workers at once, and each entry has been handed over once."""

    def away(*args: Any, **kwargs: Any) -> None:
        raise OSError("connection refused")

    monkeypatch.setattr(bulk_changes, "AT_ONCE", 0)
    # Else the job would be carried out here and now.
    monkeypatch.setattr(background.run_job, "apply_async", away)
    world = worlds.build()
    chosen = crowd.entries(world.open, world.lead, 60)
    change = ask(world.curator, BulkAction.HAND_OVER, chosen, owner=world.colleague.pk)

    def work() -> subprocess.Popen[bytes]:
        settings = connection.settings_dict
        address = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**settings)
        environment = {**os.environ, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "cms.settings.test"}
        root = Path(__file__).resolve().parents[3]
        return subprocess.Popen(
            [sys.executable, "-c", WORKER.format(change=change.pk)], env=environment, cwd=root
        )

    def done() -> int:
        return BulkItem.objects.filter(change=change, state=BulkItemState.DONE).count()

    for wanted in (5, 25):
        worker = work()
        while done() < wanted and worker.poll() is None:
            time.sleep(0.02)
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    assert 25 <= done() < 60
    for worker in [work(), work()]:
        assert worker.wait(timeout=120) == 0
    change.refresh_from_db()
    assert (change.state, done()) == (BulkState.DONE, 60)
    assert AuditEntry.objects.filter(action="entry.handed_over").count() == 60
