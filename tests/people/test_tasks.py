"""Mails to those who have to decide something: who gets them, in which language, and what is asked at sending."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend

from people.choices import Access
from people.models import Community, User
from people.roles import Role
from people.services import break_glass, communities, memberships, people, roles
from people.services.communities import CommunityDraft
from tests import world as worlds
from tests.social.news import counted, send_mails
from tests.world import World

Capture = Callable[..., Any]


@pytest.fixture
def capture(django_capture_on_commit_callbacks: Capture) -> Capture:
    return django_capture_on_commit_callbacks


def letters() -> dict[str, EmailMessage]:
    """What was mailed, by the one address of each."""
    assert all(len(letter.to) == 1 for letter in mail.outbox)
    return {letter.to[0]: letter for letter in mail.outbox}


def draft(**fields: Any) -> CommunityDraft:
    return CommunityDraft(**{"names": {"en": "Welding"}, "description": {"en": "About seams"}, **fields})


class TestRequestToJoin:
    def test_is_mailed_to_each_lead_in_their_language(self, world: World, capture: Capture) -> None:
        second = worlds.person("second@example.org", Role.EMPLOYEE, name="Second Lead", language="he")
        memberships.make_lead(user=second, community=world.closed, by=None)
        with capture(execute=True):
            memberships.join(user=world.employee, community=world.closed, message="I weld & solder")
        send_mails(minutes=3)
        sent = letters()
        assert set(sent) == {"lead@example.org", "second@example.org"}
        letter = sent["lead@example.org"]
        assert letter.subject == "Emil Employee asks to join “Boardroom”"
        assert "I weld & solder" in letter.body
        assert "/communities/boardroom/members/" in letter.body
        assert "בקשה להצטרף" in sent["second@example.org"].subject
        assert 'dir="rtl"' in str(sent["second@example.org"].alternatives[0])

    def test_is_mailed_once_however_often_it_is_sent(self, world: World, capture: Capture) -> None:
        with capture(execute=True):
            memberships.join(user=world.employee, community=world.closed)
            memberships.join(user=world.employee, community=world.closed)
        assert len(send_mails(minutes=3)) == 1

    def test_joining_an_open_community_asks_nobody(self, world: World, capture: Capture) -> None:
        with capture(execute=True):
            memberships.join(user=world.employee, community=world.open)
        assert send_mails(minutes=3) == []

    def test_taken_back_before_the_mail_is_sent(self, world: World, capture: Capture) -> None:
        with capture(execute=True):
            memberships.join(user=world.employee, community=world.closed)
        memberships.leave(user=world.employee, community=world.closed)
        assert counted(world.lead) == 0
        assert send_mails(minutes=3) == []

    def test_taken_back_before_a_worker_comes_to_it(self, world: World, capture: Capture) -> None:
        with capture(execute=True):
            memberships.join(user=world.employee, community=world.closed)
            memberships.leave(user=world.employee, community=world.closed)
        assert (counted(world.lead), send_mails(minutes=3)) == (0, [])

    def test_taken_back_and_asked_anew_is_one_mail_with_the_new_words(
        self, world: World, capture: Capture
    ) -> None:
        with capture(execute=True):
            memberships.join(user=world.employee, community=world.closed, message="First words")
            memberships.leave(user=world.employee, community=world.closed)
            memberships.join(user=world.employee, community=world.closed, message="Second words")
        (letter,) = send_mails(minutes=3)
        assert "Second words" in letter.body

    def test_whoever_leads_no_longer_when_it_is_sent_hears_nothing(
        self, world: World, capture: Capture
    ) -> None:
        second = worlds.person("second@example.org", Role.EMPLOYEE)
        standing = memberships.make_lead(user=second, community=world.closed, by=None)
        with capture(execute=True):
            memberships.join(user=world.employee, community=world.closed)
        assert counted(second) == 1
        with capture(execute=True):
            memberships.remove(membership=standing, by=world.lead)
        assert counted(second) == 0
        send_mails(minutes=3)
        assert set(letters()) == {"lead@example.org"}

    def test_decided_by_one_lead_it_waits_for_no_other(self, world: World, capture: Capture) -> None:
        second = worlds.person("second@example.org", Role.EMPLOYEE)
        memberships.make_lead(user=second, community=world.closed, by=None)
        with capture(execute=True):
            request = memberships.join(user=world.employee, community=world.closed)
        with capture(execute=True):
            memberships.approve(membership=request, by=world.lead)
        assert (counted(world.lead), counted(second), counted(world.employee)) == (0, 0, 1)

    def test_of_an_archived_community_is_nobodys_business(self, world: World, capture: Capture) -> None:
        with capture(execute=True):
            memberships.join(user=world.employee, community=world.closed)
            communities.archive(community=world.closed, by=world.lead)
        assert send_mails(minutes=3) == []

    def test_an_address_that_fails_is_tried_again_alone(
        self, world: World, capture: Capture, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        second = worlds.person("second@example.org", Role.EMPLOYEE)
        memberships.make_lead(user=second, community=world.closed, by=None)
        deliver = EmailBackend.send_messages

        def refuse_one(backend: EmailBackend, messages: Any) -> int:
            if messages[0].to == ["lead@example.org"]:
                raise OSError("no such mailbox")
            return int(deliver(backend, messages))

        with capture(execute=True):
            memberships.join(user=world.employee, community=world.closed)
        with monkeypatch.context() as patched:
            patched.setattr(EmailBackend, "send_messages", refuse_one)
            send_mails(minutes=3)
        assert set(letters()) == {"second@example.org"}
        send_mails(minutes=9)
        assert sorted(letter.to[0] for letter in mail.outbox) == ["lead@example.org", "second@example.org"]


class TestProposal:
    def test_is_mailed_to_who_may_confirm_it(self, world: World, capture: Capture) -> None:
        User.objects.filter(pk=world.curator.pk).update(language="ru")
        with capture(execute=True):
            community = communities.propose(
                author=world.expert, draft=draft(names={"en": "Welding", "ru": "Сварка"})
            )
        sent = letters()
        assert set(sent) == {"curator@example.org", "moderator@example.org"}
        assert sent["moderator@example.org"].subject == "A community is proposed: “Welding”"
        assert "Egon Expert" in sent["moderator@example.org"].body
        assert "About seams" in sent["moderator@example.org"].body
        assert f"/communities/{community.slug}/proposal/" in sent["moderator@example.org"].body
        assert "Сварка" in sent["curator@example.org"].subject

    def test_is_not_mailed_to_its_proposer(self, world: World, capture: Capture) -> None:
        with capture(execute=True):
            communities.propose(author=world.curator, draft=draft())
        assert set(letters()) == {"moderator@example.org"}

    def test_sent_twice_is_mailed_once(self, world: World, capture: Capture) -> None:
        with capture(execute=True):
            communities.propose(author=world.expert, draft=draft())
            communities.propose(author=world.expert, draft=draft())
        assert len(mail.outbox) == 2

    def test_of_a_classified_one_is_told_to_nobody(self, world: World, capture: Capture) -> None:
        with capture(execute=True):
            communities.propose(author=world.expert, draft=draft(access=Access.CLASSIFIED))
        assert mail.outbox == []

    def test_of_a_classified_one_reaches_who_has_entered_it(self, world: World, capture: Capture) -> None:
        with capture() as to_do:
            community = communities.propose(author=world.expert, draft=draft(access=Access.CLASSIFIED))
        break_glass.enter(
            user=world.moderator, community=community, reason="A proposal that waits for a decision"
        )
        with capture(execute=True):
            for each in to_do:
                each()
        assert [letter.to for letter in mail.outbox if "is proposed" in letter.subject] == [
            ["moderator@example.org"]
        ]

    def test_decided_or_no_longer_theirs_when_it_is_sent(self, world: World, capture: Capture) -> None:
        with capture() as to_do:
            community = communities.propose(author=world.expert, draft=draft())
        roles.take(user=world.curator, role=Role.CURATOR, by=None)
        with capture(execute=True):
            for each in to_do:
                each()
        assert set(letters()) == {"moderator@example.org"}
        mail.outbox.clear()
        with capture() as to_do:
            communities.propose(author=world.expert, draft=draft(names={"en": "Casting"}))
            communities.decline(
                community=Community.objects.get(name_en="Casting"), by=world.moderator, reason="We have one"
            )
        with capture(execute=True):
            for each in to_do:
                each()
        assert set(letters()) == {"expert@example.org"}
        assert community.state == "proposed"

    def test_who_left_the_company_hears_nothing(self, world: World, capture: Capture) -> None:
        with capture() as to_do:
            communities.propose(author=world.expert, draft=draft())
        with capture() as mails:
            for each in to_do:
                each()
        people.deactivate(user=world.curator, by=world.moderator, reason="Left the company")
        for each in mails:
            each()
        assert set(letters()) == {"moderator@example.org"}
