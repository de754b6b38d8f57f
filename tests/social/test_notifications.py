"""Who is told of what, what is counted, and what becomes of it when somebody may not see it any more."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import notifications as news
from core.models import Job
from knowledge.models import Entry
from people.choices import Access
from people.models import Membership, User
from people.services import memberships, people
from social import unread
from social.models import Delivery, Notification, NotificationEvent
from social.services import fan_out, follows, judging, notifications
from tests import world as worlds
from tests.social.news import KIND, counted, rows, tell, told
from tests.world import World

pytestmark = pytest.mark.django_db


def of(entry: Entry) -> tuple[str, Any]:
    return ("entry", entry.key)


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def leave(world: World, user: User) -> None:
    standing = Membership.objects.get(user=user, community=world.closed)
    memberships.remove(membership=standing, by=fresh(world.lead))


class TestTell:
    def test_each_gets_one_row_with_the_reason(self, world: World) -> None:
        assert tell(of(world.entries["workshop-open"]), world.employee, world.member) == 2
        (row,) = rows(world.employee)
        assert (row.reason, row.read_at, row.is_shown, row.is_hidden) == ("own", None, True, False)
        assert told(world.employee) == ["News of Title of workshop-open one"]

    def test_the_same_event_twice_is_one(self, world: World) -> None:
        for reason in ("own", "mention"):
            event = notifications.notify(kind=KIND, subject=of(world.entries["workshop-open"]), dedupe="same")
            fan_out.tell(event_id=event.pk, user_ids=[world.employee.pk], reason=reason)
        assert NotificationEvent.objects.filter(dedupe="same").count() == 1
        assert [row.reason for row in rows(world.employee)] == ["own"]
        assert Delivery.objects.filter(recipient=world.employee, channel="email").count() == 1

    def test_others_may_be_told_of_it_later(self, world: World) -> None:
        tell(of(world.entries["workshop-open"]), world.employee)
        assert tell(of(world.entries["workshop-open"]), world.employee, world.member) == 1
        assert len(rows(world.member)) == 1

    def test_who_did_it_and_who_knows_it_are_not_told(self, world: World) -> None:
        number = tell(
            of(world.entries["workshop-open"]),
            world.employee,
            world.colleague,
            world.member,
            actor=world.employee,
            except_for=[world.colleague],
        )
        assert (number, rows(world.employee), rows(world.colleague)) == (1, [], [])

    def test_who_left_the_company_is_not_told(self, world: World) -> None:
        people.deactivate(user=world.colleague, by=world.moderator, reason="Left the company")
        assert tell(of(world.entries["workshop-open"]), world.colleague) == 0

    def test_who_muted_it_or_its_place_is_not_told(self, world: World) -> None:
        entry = world.entries["workshop-open"]
        place = ("community", world.open.public_id)
        follows.mute(user=fresh(world.employee), subject=of(entry))
        follows.mute(user=fresh(world.colleague), subject=place)
        assert tell(of(entry), world.employee, world.colleague, world.member, place=place) == 1

    @pytest.mark.parametrize(
        ("slug", "reached"),
        [
            ("workshop-open", {"employee", "member", "lead", "curator"}),
            ("workshop-closed", {"member", "lead", "curator"}),
            ("boardroom-open", {"member", "lead", "curator"}),
            ("vault-open", {"member", "lead"}),
            ("vault-classified", {"lead"}),
            ("draft", set()),
        ],
    )
    def test_reaches_those_who_may_see_it(self, world: World, slug: str, reached: set[str]) -> None:
        asked = {name: getattr(world, name) for name in ("employee", "member", "lead", "curator")}
        tell(of(world.entries[slug]), *asked.values())
        assert {name for name, user in asked.items() if rows(user)} == reached

    def test_a_kind_that_nobody_declared_is_a_mistake(self, world: World) -> None:
        with pytest.raises(KeyError):
            news.notify(kind="nothing", dedupe="x")

    def test_recipients_are_users_keys_or_a_query(
        self, world: World, django_capture_on_commit_callbacks: Any
    ) -> None:
        given: list[Any] = [
            [world.employee],
            [world.employee.pk],
            User.objects.filter(pk=world.employee.pk),
            Membership.objects.filter(user=world.member).values_list("user_id", flat=True),
        ]
        for number, recipients in enumerate(given):
            with django_capture_on_commit_callbacks(execute=True):
                news.notify(
                    kind=KIND,
                    subject=of(world.entries["workshop-open"]),
                    dedupe=str(number),
                    recipients=recipients,
                )
        assert (len(rows(world.employee)), len(rows(world.member))) == (3, 1)

    def test_nothing_is_told_of_what_did_not_come_about(self, world: World) -> None:
        """Written in the transaction of the change, it is gone with it."""
        from django.db import transaction

        with pytest.raises(RuntimeError), transaction.atomic():
            news.notify(kind=KIND, dedupe="x", recipients=[world.employee])
            raise RuntimeError
        assert not NotificationEvent.objects.filter(dedupe="x").exists()
        assert not Job.objects.filter(task__startswith="social.notification_tasks.tell").exists()

    def test_who_wants_it_elsewhere_only_does_not_see_it_here(self, world: World) -> None:
        from social.services import notification_settings

        notification_settings.prefer(user=world.employee, wishes={(KIND, "in_app"): "off"})
        tell(of(world.entries["workshop-open"]), world.employee)
        assert (told(world.employee), counted(world.employee)) == ([], 0)
        assert Delivery.objects.filter(recipient=world.employee, channel="email").count() == 1


class TestFollowers:
    def test_are_told_by_any_of_what_they_follow_once(self, world: World) -> None:
        entry = world.entries["workshop-open"]
        pairs = [("community", world.open.public_id), ("person", world.lead.public_id)]
        for pair in pairs:
            follows.follow(user=fresh(world.employee), subject=pair)
        follows.follow(user=fresh(world.colleague), subject=pairs[1])
        event = notifications.notify(kind=KIND, subject=of(entry), dedupe="new")
        assert fan_out.tell_followers(event_id=event.pk, pairs=pairs) == 2
        assert [row.reason for row in rows(world.employee)] == ["follows"]

    def test_of_what_they_may_not_see_they_hear_nothing(self, world: World) -> None:
        pair = ("community", world.closed.public_id)
        follows.follow(user=fresh(world.employee), subject=pair)
        event = notifications.notify(kind=KIND, subject=of(world.entries["boardroom-open"]), dedupe="new")
        assert fan_out.tell_followers(event_id=event.pk, pairs=[pair]) == 0

    def test_cut_off_half_way_it_goes_on_without_telling_anybody_twice(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pair = ("community", world.open.public_id)
        crowd = [worlds.person(f"p{number}@example.org", "employee") for number in range(5)]
        for person in crowd:
            follows.follow(user=person, subject=pair)
        event = notifications.notify(kind=KIND, subject=of(world.entries["workshop-open"]), dedupe="new")
        monkeypatch.setattr(fan_out, "AT_ONCE", 2)
        whole, calls = fan_out.tell, []

        def killed(**told: Any) -> int:
            calls.append(told)
            if len(calls) == 2:
                raise KeyboardInterrupt
            return whole(**told)

        monkeypatch.setattr(fan_out, "tell", killed)
        with pytest.raises(KeyboardInterrupt):
            fan_out.tell_followers(event_id=event.pk, pairs=[pair])
        assert sum(len(rows(person)) for person in crowd) == 2
        assert fan_out.tell_followers(event_id=event.pk, pairs=[pair]) == 3
        assert [len(rows(person)) for person in crowd] == [1] * 5


class TestLosingSight:
    def test_who_is_removed_is_told_no_more_and_nothing_of_it_is_shown_or_counted(
        self, world: World, django_capture_on_commit_callbacks: Any
    ) -> None:
        entry = of(world.entries["boardroom-open"])
        tell(entry, world.member)
        tell(of(world.entries["workshop-open"]), world.member, dedupe="other")
        assert counted(world.member) == 2
        with django_capture_on_commit_callbacks(execute=True):
            leave(world, world.member)
        assert told(world.member) == ["News of Title of workshop-open other"]
        assert counted(world.member) == 1
        assert tell(entry, world.member, dedupe="later") == 0

    def test_who_comes_back_finds_it_again(
        self, world: World, django_capture_on_commit_callbacks: Any
    ) -> None:
        tell(of(world.entries["boardroom-open"]), world.member)
        with django_capture_on_commit_callbacks(execute=True):
            leave(world, world.member)
        with django_capture_on_commit_callbacks(execute=True):
            memberships.admit(user=world.member, community=world.closed, by=None)
        assert counted(world.member) == 1

    def test_the_list_asks_anew_even_before_a_worker_has_looked(self, world: World) -> None:
        tell(of(world.entries["boardroom-open"]), world.member)
        leave(world, world.member)
        assert told(world.member) == []

    def test_an_entry_that_was_closed_is_counted_for_its_readers_alone(self, world: World) -> None:
        entry = world.entries["workshop-open"]
        judging.follow_changes()
        tell(of(entry), world.employee, world.member)
        entry.access = Access.CLOSED
        entry.save()
        assert told(world.employee) == []
        judging.follow_changes()
        assert (counted(world.employee), counted(world.member)) == (0, 1)
        entry.access = Access.OPEN
        entry.save()
        judging.follow_changes()
        assert (counted(world.employee), told(world.employee)) == (1, ["News of Title of workshop-open one"])

    def test_a_change_that_nobody_was_told_about_is_passed_over(self, world: World) -> None:
        judging.follow_changes()
        world.entries["workshop-open"].save()
        assert judging.follow_changes() > 0
        assert judging.follow_changes() == 0

    def test_changed_access_of_people_without_news_asks_no_worker(self, world: World) -> None:
        leave(world, world.member)
        assert not Job.objects.filter(task__endswith="judge_people").exists()


class TestRead:
    def test_one_all_about_a_subject_and_all(self, world: World) -> None:
        user, first, second = (
            world.employee,
            world.entries["workshop-open"],
            worlds.entry("another", world.open, world.lead),
        )
        for number, entry in enumerate([first, first, second, second]):
            tell(of(entry), user, dedupe=str(number))
        assert notifications.mark_read(user=user, public_id=rows(user)[0].public_id) == 1
        assert counted(user) == 3
        assert notifications.mark_read(user=user, public_id=rows(user)[0].public_id) == 0
        assert notifications.mark_read_about(user=user, subject=of(second)) == 2
        assert notifications.mark_all_read(user=user) == 1
        assert counted(user) == 0

    def test_nobody_reads_for_others(self, world: World) -> None:
        tell(of(world.entries["workshop-open"]), world.employee)
        (row,) = rows(world.employee)
        assert notifications.mark_read(user=world.member, public_id=row.public_id) == 0
        assert counted(world.employee) == 1

    def test_what_came_after_the_page_stays_unread(self, world: World) -> None:
        tell(of(world.entries["workshop-open"]), world.employee, dedupe="seen")
        moment = rows(world.employee)[0].at
        tell(of(world.entries["workshop-open"]), world.employee, dedupe="unseen")
        notifications.mark_all_read(user=world.employee, until=moment)
        assert counted(world.employee) == 1

    def test_what_is_settled_is_read_by_all_and_sent_to_nobody(self, world: World) -> None:
        tell(of(world.entries["workshop-open"]), world.employee, world.member)
        for _time in range(2):
            news.settle(dedupe="one")
        assert (counted(world.employee), counted(world.member)) == (0, 0)
        assert set(Delivery.objects.values_list("state", flat=True)) == {"dropped"}
        assert tell(of(world.entries["workshop-open"]), world.colleague) == 0


class TestCount:
    def test_is_one_read_and_ends_where_many_begins(self, world: World) -> None:
        event = notifications.notify(kind=KIND, subject=of(world.entries["workshop-open"]), dedupe="e")
        others = NotificationEvent.objects.bulk_create(
            NotificationEvent(kind=KIND, at=event.at, dedupe=f"e{number}") for number in range(200)
        )
        Notification.objects.bulk_create(
            Notification(event=each, recipient=world.employee, reason="own", at=event.at) for each in others
        )
        with CaptureQueriesContext(connection) as queries:
            number = counted(world.employee)
        assert (number, unread.shown(number)) == (100, "99+")
        assert len([query for query in queries if "PREPARE" not in query["sql"]]) == 1

    def test_reads_an_index_of_what_is_unread_alone(self, world: World) -> None:
        tell(of(world.entries["workshop-open"]), world.employee)
        sql = unread._statement().sql
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET LOCAL enable_seqscan = off")
                cursor.execute(f"EXPLAIN {sql}", [world.employee.pk])
            else:
                cursor.execute(f"EXPLAIN QUERY PLAN {sql}", [world.employee.pk])
            plan = repr(cursor.fetchall())
        assert "notification_unread" in plan

    def test_hints_tell_of_those_whose_count_is_another(
        self, world: World, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from social.services import hints

        heard: list[list[int]] = []
        monkeypatch.setattr(hints, "_listeners", [heard.append])
        with django_capture_on_commit_callbacks(execute=True):
            tell(of(world.entries["workshop-open"]), world.employee)
        with django_capture_on_commit_callbacks(execute=True):
            notifications.mark_all_read(user=world.employee)
        with django_capture_on_commit_callbacks(execute=True):
            notifications.mark_all_read(user=world.employee)
        assert heard == [[world.employee.pk]] * 2


class TestMany:
    @pytest.mark.slow
    def test_a_crowd_is_told_in_bulk(self, world: World) -> None:
        """The same statements whether one is told or thousands, but for how many rows one of them takes."""
        crowd = User.objects.bulk_create(
            User(email=f"crowd{number}@example.org", name="Crowd", time_zone="Europe/Sofia")
            for number in range(3000)
        )
        subject = of(world.entries["workshop-open"])
        tell(subject, crowd[0], dedupe="warm")
        keys = [person.pk for person in crowd]
        event = notifications.notify(kind=KIND, subject=subject, dedupe="all")
        with CaptureQueriesContext(connection) as few:
            fan_out.tell(event_id=event.pk, user_ids=keys[:100], reason="member")
        with CaptureQueriesContext(connection) as many:
            assert fan_out.tell(event_id=event.pk, user_ids=keys[100:], reason="member") == 2900
        asked = [query["sql"] for query in many if not query["sql"].startswith("INSERT")]
        assert len(asked) == len([query for query in few if not query["sql"].startswith("INSERT")])
        assert len(many) - len(asked) < 400
        assert Notification.objects.filter(event=event).count() == 3000

    def test_a_crowd_is_split_into_jobs(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(notifications, "PEOPLE_A_JOB", 2)
        notifications.notify(
            kind=KIND, dedupe="all", recipients=[world.employee, world.member, world.lead], reason="member"
        )
        jobs = Job.objects.filter(task="social.notification_tasks.tell")
        assert sorted(len(job.arguments["args"][1]) for job in jobs) == [1, 2]
