"""What is mailed: when, gathered how, to whom not, and what happens where it does not work."""

import smtplib
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client

from core import clock
from people.models import Membership, User
from people.services import memberships, people
from social import unsubscribing
from social.models import Delivery, NotificationSettings, Preference
from social.services import deliveries, follows, mailing, notification_settings, notifications
from tests import world as worlds
from tests.social.news import GATHERED, KIND, rows, send_mails, tell
from tests.world import World

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 30, 12, tzinfo=UTC)


def of(world: World, slug: str = "workshop-open") -> tuple[str, Any]:
    return ("entry", world.entries[slug].key)


def states() -> set[str]:
    return set(Delivery.objects.filter(channel="email").values_list("state", flat=True))


def hours(user: User, **given: Any) -> None:
    wanted: dict[str, Any] = {
        "has_quiet_hours": True,
        "quiet_from": time(20),
        "quiet_until": time(8),
        "quiet_days": [],
        "digest_at": time(8),
        "digest_weekday": 0,
        **given,
    }
    notification_settings.set_hours(user=user, **wanted)


class Refusing:
    """A mail server that answers so to each recipient."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, error: Exception, *, only: str = "") -> None:
        deliver = EmailBackend.send_messages

        def refuse(backend: EmailBackend, messages: Any) -> int:
            if not only or messages[0].to == [only]:
                raise error
            return int(deliver(backend, messages))

        monkeypatch.setattr(EmailBackend, "send_messages", refuse)


def refused(code: int) -> smtplib.SMTPRecipientsRefused:
    return smtplib.SMTPRecipientsRefused({"employee@example.org": (code, b"5.1.1 No such user")})


class TestAtOnce:
    def test_is_mailed_within_minutes_in_the_readers_language(self, world: World) -> None:
        User.objects.filter(pk=world.employee.pk).update(language="he")
        tell(of(world), world.employee)
        assert send_mails(minutes=1) == []
        (letter,) = send_mails(minutes=3)
        assert letter.to == ["employee@example.org"]
        assert letter.subject == "News of Title of workshop-open one"
        assert "Text of one" in letter.body
        assert f"/entries/{world.entries['workshop-open'].key}/" in letter.body
        page = str(letter.alternatives[0])
        assert 'dir="rtl"' in page
        assert 'name="viewport"' in page
        assert send_mails(minutes=9) == []
        assert states() == {"sent"}

    def test_several_about_one_subject_are_one_mail(self, world: World) -> None:
        other = worlds.entry("another", world.open, world.lead)
        for number in range(3):
            tell(of(world), world.employee, dedupe=f"event-{number}")
        tell(("entry", other.key), world.employee, dedupe="other")
        subjects = sorted(letter.subject for letter in send_mails(minutes=3))
        assert subjects == [
            "News of Title of another other",
            "News of Title of workshop-open event-2, and 2 more",
        ]
        assert sum("Text of event-0" in letter.body for letter in mail.outbox) == 1

    def test_what_was_read_here_meanwhile_is_not_mailed(self, world: World) -> None:
        tell(of(world), world.employee)
        notifications.mark_all_read(user=world.employee)
        assert send_mails(minutes=3) == []
        assert states() == {"dropped"}

    @pytest.mark.parametrize("change", ["left", "removed", "muted", "switched off"])
    def test_is_asked_again_at_the_moment_of_sending(self, world: World, change: str) -> None:
        subject = of(world, "boardroom-open")
        tell(subject, world.member)
        if change == "left":
            people.deactivate(user=world.member, by=world.moderator, reason="Left the company")
        elif change == "removed":
            standing = Membership.objects.get(user=world.member, community=world.closed)
            memberships.remove(membership=standing, by=world.lead)
        elif change == "muted":
            follows.mute(user=world.member, subject=subject)
        else:
            notification_settings.prefer(user=world.member, wishes={(KIND, "email"): "off"})
        assert send_mails(minutes=3) == []
        assert states() == {"dropped"}

    def test_who_wants_no_mail_gets_no_delivery(self, world: World) -> None:
        notification_settings.prefer(user=world.employee, wishes={(KIND, "email"): "off"})
        tell(of(world), world.employee)
        assert (len(rows(world.employee)), Delivery.objects.count()) == (1, 0)


class TestQuietHours:
    def test_put_it_off_until_they_end_by_the_persons_clock(self, world: World) -> None:
        User.objects.filter(pk=world.employee.pk).update(time_zone="Asia/Yekaterinburg")
        hours(world.employee)
        with time_machine.travel(datetime(2026, 11, 30, 16, tzinfo=UTC), tick=False):  # 21:00 there
            tell(of(world), world.employee)
            assert send_mails(minutes=3) == []
            assert Delivery.objects.get(channel="email").due_at == datetime(2026, 12, 1, 3, tzinfo=UTC)
            assert send_mails(hours=10) == []
            assert len(send_mails(hours=11, minutes=1)) == 1

    def test_are_asked_at_sending_not_when_it_happened(self, world: World) -> None:
        with time_machine.travel(datetime(2026, 11, 30, 21, tzinfo=UTC), tick=False):
            tell(of(world), world.employee)
            hours(world.employee)
            assert send_mails(minutes=3) == []


class TestDigest:
    def test_gathers_a_day_into_one_mail_in_the_morning(self, world: World) -> None:
        User.objects.filter(pk=world.employee.pk).update(time_zone="Europe/Sofia")
        with time_machine.travel(MONDAY, tick=False):
            for number in range(3):
                tell(of(world), world.employee, dedupe=f"event-{number}", kind=GATHERED)
            assert send_mails(hours=17) == []  # 07:00 there
            (letter,) = send_mails(hours=18)
            assert letter.subject == "3 things are new for you"
            assert letter.body.count("Title of workshop-open event-") == 3
            assert send_mails(hours=19) == []

    def test_comes_once_a_day_even_if_two_send_it(self, world: World) -> None:
        with time_machine.travel(MONDAY, tick=False):
            tell(of(world), world.employee, kind=GATHERED)
            tomorrow = clock.now() + timedelta(days=1)
        with time_machine.travel(tomorrow, tick=False):
            taken = deliveries.take(user_id=world.employee.pk, channel="email")
            assert len(taken) == 1
            assert mailing.send_to(user_id=world.employee.pk) == 0
            deliveries.put_off(taken, until=tomorrow)
            assert [mailing.send_due(), mailing.send_due()] == [1, 0]
            tell(of(world), world.employee, dedupe="later", kind=GATHERED)
            assert mailing.send_due() == 0

    def test_once_a_week_on_the_day_that_was_chosen(self, world: World) -> None:
        notification_settings.prefer(user=world.employee, wishes={(GATHERED, "email"): "weekly"})
        hours(world.employee, has_quiet_hours=False, digest_weekday=3, digest_at=time(9, 30))
        with time_machine.travel(MONDAY, tick=False):
            tell(of(world), world.employee, kind=GATHERED)
        assert Delivery.objects.get().due_at == datetime(2026, 12, 3, 9, 30, tzinfo=UTC)

    def test_names_a_few_and_counts_the_others(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        from social import letters

        monkeypatch.setattr(letters, "MOST_NAMED", 2)
        for number in range(5):
            tell(of(world), world.employee, dedupe=f"event-{number}", kind=GATHERED)
        (letter,) = send_mails(days=1)
        assert letter.body.count("Title of workshop-open event-") == 2
        assert "and 3 more" in letter.body


class TestUnsubscribe:
    def link(self, letter: Any) -> str:
        assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        address: str = letter.extra_headers["List-Unsubscribe"].strip("<>")
        assert address in letter.body
        return "/" + address.split("/", 3)[3]

    def test_one_click_needs_no_sign_in_and_no_token_of_a_form(self, world: World) -> None:
        tell(of(world), world.employee)
        (letter,) = send_mails(minutes=3)
        tell(of(world), world.employee, dedupe="waits")
        browser = Client(enforce_csrf_checks=True)
        link = self.link(letter)
        assert b"Send me no more" in browser.get(link).content
        assert not Preference.objects.exists()
        for _time in range(2):
            answer = browser.post(link, {"List-Unsubscribe": "One-Click"})
            assert answer.status_code == 200
        wish = Preference.objects.get()
        assert (wish.user, wish.kind, wish.channel, wish.cadence) == (world.employee, KIND, "email", "off")
        assert send_mails(minutes=9) == []

    def test_of_a_digest_ends_all_that_comes_in_digests(self, world: World) -> None:
        tell(of(world), world.employee, kind=GATHERED)
        (letter,) = send_mails(days=1)
        Client().post(self.link(letter))
        off = set(Preference.objects.filter(cadence="off").values_list("kind", flat=True))
        assert {GATHERED, "entry_published", "entry_changed"} <= off
        assert KIND not in off

    def test_a_link_that_was_tampered_with_does_nothing(self, world: World) -> None:
        token = unsubscribing.token(world.employee.pk, KIND)
        assert Client().post(f"/notifications/unsubscribe/{token[:-1]}x/").status_code == 404
        assert not Preference.objects.exists()


class TestTrouble:
    def test_an_address_that_is_none_is_mailed_no_more_until_its_owner_says_so(
        self, world: World, monkeypatch: pytest.MonkeyPatch, sign_in: Any
    ) -> None:
        tell(of(world), world.employee)
        with monkeypatch.context() as patched:
            Refusing(patched, refused(550))
            assert send_mails(minutes=3) == []
        kept = NotificationSettings.objects.get(user=world.employee)
        assert (kept.bounced_at is not None, "No such user" in kept.bounce) == (True, True)
        tell(of(world), world.employee, dedupe="later")
        assert send_mails(minutes=9) == []
        browser = sign_in(world.employee)
        assert b"Mail does not reach you" in browser.get("/notifications/settings/").content
        browser.post("/notifications/settings/", {"part": "address"})
        tell(of(world), world.employee, dedupe="again")
        assert len(send_mails(minutes=9)) == 1

    @pytest.mark.parametrize("error", [refused(451), OSError("away"), smtplib.SMTPServerDisconnected("gone")])
    def test_what_fails_for_now_is_tried_again_and_keeps_nobody_else_waiting(
        self, world: World, monkeypatch: pytest.MonkeyPatch, error: Exception
    ) -> None:
        tell(of(world), world.employee, world.member)
        with monkeypatch.context() as patched:
            Refusing(patched, error, only="employee@example.org")
            assert [letter.to for letter in send_mails(minutes=3)] == [["member@example.org"]]
        assert [letter.to for letter in send_mails(minutes=9)] == [["employee@example.org"]]
        assert not NotificationSettings.objects.exists()

    def test_it_is_not_tried_for_ever(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        tell(of(world), world.employee)
        Refusing(monkeypatch, OSError("away"))
        for day in range(deliveries.ATTEMPTS):
            send_mails(days=day + 1)
        assert states() == {"failed"}

    def test_what_a_killed_worker_had_taken_is_sent_by_another_with_the_same_name(self, world: World) -> None:
        tell(of(world), world.employee)
        with time_machine.travel(clock.now() + timedelta(minutes=3), tick=False):
            assert len(deliveries.take(user_id=world.employee.pk, channel="email")) == 1
        assert send_mails(minutes=9) == []
        (letter,) = send_mails(minutes=30)
        name = letter.extra_headers["Message-ID"]
        Delivery.objects.update(state="waiting", due_at=clock.now())
        (again,) = send_mails(minutes=31)
        assert again.extra_headers["Message-ID"] == name

    def test_a_kind_that_fails_keeps_nobody_else_from_being_told(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from social import letters

        tell(of(world), world.employee, world.member)
        whole = letters.message

        def broken(letter: Any, user: User, connection: Any) -> Any:
            if user == world.employee:
                raise ValueError("broken")
            return whole(letter, user, connection)

        monkeypatch.setattr(letters, "message", broken)
        assert [letter.to for letter in send_mails(minutes=3)] == [["member@example.org"]]
        assert states() == {"sent", "waiting"}

    def test_a_name_with_a_line_in_it_puts_nothing_into_the_head_of_the_mail(self, world: World) -> None:
        page = world.entries["workshop-open"].pages.get()
        page.title = "Title\nBcc: all@example.org"
        page.save(update_fields=["title"])
        tell(of(world), world.employee)
        (letter,) = send_mails(minutes=3)
        assert "\n" not in letter.subject


class TestClock:
    def test_asks_for_work_only_where_something_is_due(self, world: World) -> None:
        from core.models import Job
        from social import schedule

        schedule.send_notifications()
        assert not Job.objects.filter(task__startswith="social.").exists()
        tell(of(world), world.employee)
        with time_machine.travel(clock.now() + timedelta(minutes=3), tick=False):
            schedule.send_notifications()
            schedule.send_notifications()
        assert [job.task for job in Job.objects.filter(task__startswith="social.")] == [
            "social.notification_tasks.send_mails"
        ]

    def test_what_is_old_is_forgotten(self, world: World) -> None:
        from social import schedule

        tell(of(world), world.employee)
        schedule.forget_old_notifications()
        assert len(rows(world.employee)) == 1
        with time_machine.travel(clock.now() + timedelta(days=181), tick=False):
            schedule.forget_old_notifications()
        assert rows(world.employee) == []
