"""Readers suggest corrections: heard by who answers for the entry, decided once, answered by mail."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from core.models import AuditEntry
from knowledge.choices import CorrectionState
from knowledge.models import Correction, Entry
from knowledge.services import corrections
from knowledge.services.corrections import AlreadyDecided
from people import access
from people.choices import Access
from people.models import User
from people.services import memberships, people
from tests.social.news import send_mails
from tests.world import World

pytestmark = pytest.mark.django_db
Capture = Callable[..., Any]


@pytest.fixture
def run(django_capture_on_commit_callbacks: Capture) -> Capture:
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def entry(world: World) -> Entry:
    return world.entries["workshop-open"]


def suggest(entry: Entry, by: User, proposed: str = "Fifty, not fifteen", **fields: Any) -> Correction:
    given = {"language": "en", "quoted": "tighten to fifteen", "proposed": proposed, **fields}
    return corrections.suggest(entry=entry, by=User.objects.get(pk=by.pk), **given)


def seen_by(user: User) -> list[Correction]:
    viewer = access.viewer_of(User.objects.get(pk=user.pk))
    return list(Correction.objects.visible_to(viewer))


class TestSuggest:
    def test_the_owner_is_told(self, world: World, entry: Entry, run: Capture) -> None:
        User.objects.filter(pk=world.lead.pk).update(language="en")
        with run():
            correction = suggest(entry, world.employee, "Fifty <b>Nm</b>\r\nSubject: spam")
        (letter,) = send_mails(minutes=3)
        assert letter.to == [world.lead.email]
        assert letter.subject == "A correction to “Title of workshop-open” is suggested"
        for said in ("tighten to fifteen", "Fifty <b>Nm</b>", f"/corrections/{correction.public_id}/"):
            assert said in letter.body

    def test_the_same_again_is_the_first(self, world: World, entry: Entry, run: Capture) -> None:
        with run():
            first, again = (suggest(entry, world.employee) for _time in range(2))
        assert first == again
        assert len(send_mails(minutes=3)) == 1
        assert suggest(entry, world.employee, "Something else") != first
        assert suggest(entry, world.member) != first

    def test_the_same_after_it_was_decided_is_another(self, world: World, entry: Entry) -> None:
        first = suggest(entry, world.employee)
        corrections.decline(correction=first, by=world.lead, answer="It is fifteen.")
        assert suggest(entry, world.employee) != first

    @pytest.mark.parametrize("slug", ["workshop-closed", "vault-open", "draft"])
    def test_not_to_what_may_not_be_seen(self, world: World, slug: str) -> None:
        with pytest.raises(PermissionDenied):
            suggest(world.entries[slug], world.employee)

    def test_not_to_ones_own(self, world: World, entry: Entry) -> None:
        with pytest.raises(PermissionDenied):
            suggest(entry, world.lead)

    def test_the_leads_are_told_where_the_owner_has_left(
        self, world: World, entry: Entry, run: Capture
    ) -> None:
        memberships.make_lead(user=world.member, community=world.open, by=None)
        people.deactivate(user=world.lead, by=world.moderator)
        with run():
            suggest(entry, world.employee)
        assert [letter.to for letter in send_mails(minutes=3)] == [[world.member.email]]
        viewer = access.viewer_of(User.objects.get(pk=world.member.pk))
        assert Correction.objects.of_own_entries(viewer).count() == 1

    def test_withdrawn_before_the_mail_goes(
        self, world: World, entry: Entry, django_capture_on_commit_callbacks: Capture
    ) -> None:
        with django_capture_on_commit_callbacks() as callbacks:
            suggest(entry, world.employee)
            entry.pages.get().specific.unpublish()
        for callback in callbacks:
            callback()
        assert send_mails(minutes=3) == []


class TestVisible:
    def test_to_who_suggested_it_and_those_who_decide(self, world: World, entry: Entry) -> None:
        correction = suggest(entry, world.employee)
        for user in (world.employee, world.lead, world.curator):
            assert seen_by(user) == [correction]
        for user in (world.member, world.colleague, world.expert):
            assert seen_by(user) == []

    def test_not_when_the_entry_has_closed_to_them(self, world: World, entry: Entry) -> None:
        suggest(entry, world.employee)
        entry.access = Access.CLOSED
        entry.save()
        assert seen_by(world.employee) == []
        assert len(seen_by(world.lead)) == 1

    def test_of_a_classified_entry_curators_see_nothing(self, world: World) -> None:
        suggest(world.entries["vault-open"], world.member)
        assert seen_by(world.curator) == []
        assert len(seen_by(world.lead)) == 1

    def test_a_new_owner_takes_over(self, world: World, entry: Entry) -> None:
        correction = suggest(entry, world.employee)
        Entry.objects.filter(pk=entry.pk).update(owner=world.expert)
        assert seen_by(world.expert) == [correction]
        corrections.accept(correction=correction, by=world.expert)


class TestDecide:
    def test_accepted_and_answered_by_mail(self, world: World, entry: Entry, run: Capture) -> None:
        correction = suggest(entry, world.employee)
        with run():
            corrections.accept(correction=correction, by=world.lead, answer=" Well seen. ")
        correction.refresh_from_db()
        assert (correction.state, correction.answer) == (CorrectionState.ACCEPTED, "Well seen.")
        assert correction.decided_by == world.lead
        (letter,) = send_mails(minutes=3)
        assert letter.to == [world.employee.email]
        assert letter.subject == "Your correction to “Title of workshop-open” is accepted"
        assert "Well seen." in letter.body
        assert AuditEntry.objects.filter(action="correction.accepted").count() == 1

    def test_once(self, world: World, entry: Entry, run: Capture) -> None:
        correction = suggest(entry, world.employee)
        corrections.decline(correction=correction, by=world.lead, answer="No.")
        with pytest.raises(AlreadyDecided):
            corrections.accept(correction=correction, by=world.curator)

    def test_by_those_who_answer_for_the_entry_alone(self, world: World, entry: Entry) -> None:
        correction = suggest(entry, world.employee)
        for user in (world.employee, world.member, world.expert):
            with pytest.raises(PermissionDenied):
                corrections.accept(correction=correction, by=user)

    def test_of_an_entry_withdrawn_meanwhile_without_its_title(
        self, world: World, entry: Entry, run: Capture
    ) -> None:
        correction = suggest(entry, world.employee)
        entry.pages.get().specific.unpublish()
        with run():
            corrections.accept(correction=correction, by=world.lead)
        (letter,) = send_mails(minutes=3)
        assert letter.subject == "Your correction is accepted"
        assert "Title of" not in letter.body

    def test_no_mail_to_who_may_not_see_the_entry_any_more(
        self, world: World, entry: Entry, run: Capture
    ) -> None:
        correction = suggest(entry, world.employee)
        entry.access = Access.CLOSED
        entry.save()
        with run():
            corrections.decline(correction=correction, by=world.lead, answer="A secret")
        assert send_mails(minutes=3) == []
