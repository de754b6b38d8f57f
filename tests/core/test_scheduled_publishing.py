"""What is planned goes live and ends once, in its time or when the server is back."""

from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection, connections
from wagtail.models import ModelLogEntry, Page, PageLogEntry, Revision

from core import clock, scheduled_publishing
from core.models import OutboxEntry
from knowledge.models import BestPracticePage, Entry, EntryPage
from people.roles import Role
from tests import world as worlds
from tests.world import World


def planned(
    page: EntryPage, *, begins: timedelta | None = None, ends: timedelta | None = None, **fields: Any
) -> Any:
    """A version of the page that was sent on its way while both moments lay ahead, looked at from now."""
    now = clock.now()
    page.go_live_at = now + timedelta(days=1) if begins is not None else None
    page.expire_at = now + timedelta(days=2) if ends is not None else None
    for name, value in fields.items():
        setattr(page, name, value)
    revision = page.save_revision()
    revision.publish()
    moments = {"go_live_at": begins, "expire_at": ends}
    said = {name: now + distance for name, distance in moments.items() if distance is not None}
    revision.refresh_from_db()
    revision.content |= {name: moment.isoformat() for name, moment in said.items()}
    if begins is not None:
        revision.approved_go_live_at = now + begins
    revision.save()
    if begins is None or not page.live_revision_id:
        Page.objects.filter(pk=page.pk).update(**said)
    return revision


@pytest.fixture
def draft(world: World) -> EntryPage:
    page: EntryPage = world.entries["draft"].pages.get().specific
    return page


@pytest.fixture
def live(world: World) -> EntryPage:
    page: EntryPage = world.entries["workshop-open"].pages.get().specific
    return page


def again(page: EntryPage) -> BestPracticePage:
    return BestPracticePage.objects.get(pk=page.pk)


SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)


class TestRun:
    def test_before_its_time_nothing_happens(self, draft: EntryPage) -> None:
        planned(draft, begins=HOUR)
        assert scheduled_publishing.run() == 0
        assert not again(draft).live

    def test_a_page_goes_live_once_with_its_entry(self, draft: EntryPage) -> None:
        planned(draft, begins=-SECOND)
        assert (scheduled_publishing.run(), scheduled_publishing.run()) == (1, 0)
        assert again(draft).live
        assert Entry.objects.get(pk=draft.entry_id).published_at is not None
        assert PageLogEntry.objects.filter(page=draft.pk, action="wagtail.publish.scheduled").count() == 1

    def test_a_page_that_ends_is_gone_from_lists_and_from_what_followers_are_told(
        self, live: EntryPage
    ) -> None:
        planned(live, ends=-SECOND)
        assert scheduled_publishing.run() == 1
        assert (again(live).live, again(live).expired) == (False, True)
        assert Entry.objects.get(pk=live.entry_id).published_at is None
        told = OutboxEntry.objects.filter(kind="entry", key=str(live.entry.key)).latest("sequence")
        assert told.audience_after == []

    def test_what_was_missed_while_the_server_was_off_is_made_good(self, draft: EntryPage) -> None:
        planned(draft, begins=timedelta(days=-3))
        scheduled_publishing.run()
        assert again(draft).live

    def test_what_began_and_ended_meanwhile_never_shows(self, draft: EntryPage) -> None:
        revision = planned(draft, begins=-2 * HOUR, ends=-HOUR)
        assert scheduled_publishing.run() == 0
        page = again(draft)
        assert (page.live, page.expired, page.first_published_at) == (False, True, None)
        assert Revision.objects.get(pk=revision.pk).approved_go_live_at is None

    def test_a_version_planned_for_after_the_end_of_the_present_one_still_goes_live(
        self, live: EntryPage
    ) -> None:
        planned(live, ends=-SECOND)
        Page.objects.filter(pk=live.pk).update(expire_at=clock.now() + HOUR)
        revision = planned(again(live), begins=HOUR, title="What comes next")
        Page.objects.filter(pk=live.pk).update(expire_at=clock.now() - SECOND)
        scheduled_publishing.run()
        assert not again(live).live
        assert Revision.objects.get(pk=revision.pk).approved_go_live_at is not None

    def test_one_that_fails_keeps_no_other_back(
        self, draft: EntryPage, live: EntryPage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        planned(draft, begins=-SECOND)
        planned(live, begins=-2 * SECOND, title="Cannot")
        publish = Revision.publish

        def fail_for_one(self: Revision, **options: Any) -> Any:
            if self.object_id == str(live.pk):
                raise RuntimeError("no")
            return publish(self, **options)

        monkeypatch.setattr(Revision, "publish", fail_for_one)
        assert scheduled_publishing.run() == 1
        assert again(draft).live

    def test_is_in_the_schedule_of_every_profile(self, settings: Any) -> None:
        planned = settings.CELERY_BEAT_SCHEDULE["publish-scheduled"]
        assert planned == {"task": "core.publish_scheduled", "schedule": 15.0}

    def test_asks_little_when_nothing_is_due(self, world: World, django_assert_num_queries: Any) -> None:
        with django_assert_num_queries(2):
            scheduled_publishing.run()


@pytest.mark.django_db(transaction=True)
def test_three_schedulers_publish_once() -> None:
    """Each has a connection of its own; the version's row is what they pass over or wait at."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time; the tests above tell what the second finds")
    lead = worlds.person("lead@example.org", Role.EXPERT)
    entry = worlds.entry("planned", worlds.community("forge", lead), lead, publish=False)
    planned(entry.pages.get().specific, begins=-SECOND)
    start, done = Barrier(3), []

    def run() -> None:
        start.wait(10)
        done.append(scheduled_publishing.run())
        connections["default"].close()

    threads = [Thread(target=run) for _number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(done) == [0, 0, 1]
    assert PageLogEntry.objects.filter(action="wagtail.publish.scheduled").count() == 1
    assert not ModelLogEntry.objects.filter(action="wagtail.publish.scheduled").exists()


def test_the_form_says_whose_time_is_meant(world: World, live: EntryPage) -> None:
    form_class = live.get_edit_handler().get_form_class()
    world.curator.time_zone = "Asia/Yekaterinburg"
    form = form_class(instance=live, for_user=world.curator)
    for name in ("go_live_at", "expire_at"):
        assert "Yekaterinburg (UTC+5)" in form.fields[name].help_text
