from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from core.models import AuditEntry, OutboxEntry
from knowledge.choices import Confirmation
from knowledge.models import Entry, Replication, ReplicationChange
from knowledge.services import confirmations, entries, replications
from knowledge.services.replications import AlreadyRecorded, ChangedMeanwhile, OwnPractice
from people import access
from people.models import Community, Document, User
from people.roles import Role
from tests import world as worlds
from tests.knowledge.ledger import draft, employee_of, enterprise, money, recorded
from tests.world import World

pytestmark = pytest.mark.django_db


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def file(name: str = "proof.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.4 figures")


class TestRecord:
    def test_says_what_an_enterprise_does_with_an_entry(self, world: World) -> None:
        entry = world.entries["workshop-open"]
        before = OutboxEntry.objects.count()
        made = recorded(entry, "steel", money(1000, note="Since May"))
        assert (made.status, made.confirmation, made.version) == ("adopted", Confirmation.WAITING, 1)
        assert made.recorded_by == made.figures_by == employee_of("steel")
        change = ReplicationChange.objects.get()
        assert (change.event, change.state["status"], change.state["effect_amount"]) == (
            "recorded",
            "adopted",
            "1000",
        )
        assert AuditEntry.objects.filter(action="replication.recorded", key=str(made.public_id)).exists()
        told = OutboxEntry.objects.filter(kind="entry", key=str(entry.key))
        assert OutboxEntry.objects.count() > before
        assert told.exists(), "the page of the entry and the index hear of it"

    @pytest.mark.parametrize(
        ("status", "said", "is_in_use"),
        [("tried", "Tried", False), ("adopted", "Adopted", True), ("adapted", "Adapted", True),
         ("rejected", "Rejected", False)],
    )  # fmt: skip
    def test_one_of_four_things(
        self, world: World, sign_in: Any, status: str, said: str, is_in_use: bool
    ) -> None:
        made = recorded(world.entries["workshop-open"], "steel", draft(status=status, note="Since May"))
        assert Replication.objects.in_use().exists() is is_in_use
        assert said in sign_in(world.employee).get(made.get_absolute_url()).content.decode()

    def test_without_figures_nothing_waits(self, world: World) -> None:
        assert recorded(world.entries["workshop-open"], "steel").confirmation == Confirmation.NONE

    def test_only_for_ones_own_enterprise(self, world: World) -> None:
        entry, other = world.entries["workshop-open"], enterprise("steel")
        with pytest.raises(PermissionDenied):
            replications.record(entry=entry, enterprise=other, draft=draft(), by=world.employee)
        with pytest.raises(PermissionDenied):
            replications.record(entry=entry, enterprise=other, draft=draft(), by=world.expert)
        led = replications.record(
            entry=entry, enterprise=enterprise("glass"), draft=draft(), by=fresh(world.lead)
        )
        assert led.recorded_by == world.lead, "who manages the community"
        made = replications.record(entry=entry, enterprise=other, draft=draft(), by=fresh(world.curator))
        assert made.recorded_by == world.curator

    def test_only_of_what_one_sees(self, world: World) -> None:
        for slug in ("workshop-closed", "workshop-classified", "boardroom-open", "vault-open", "draft"):
            with pytest.raises(PermissionDenied):
                recorded(world.entries[slug], "steel")
        assert not Replication.objects.exists()

    def test_not_where_it_comes_from(self, world: World) -> None:
        entry = world.entries["workshop-open"]
        Entry.objects.filter(pk=entry.pk).update(enterprise=enterprise("steel"))
        with pytest.raises(OwnPractice):
            recorded(entry, "steel")

    def test_a_second_one_leads_to_the_first(self, world: World) -> None:
        first = recorded(world.entries["workshop-open"], "steel")
        with pytest.raises(AlreadyRecorded) as refusal:
            recorded(world.entries["workshop-open"], "steel")
        assert refusal.value.replication == first

    def test_what_was_withdrawn_comes_back_with_its_history(self, world: World) -> None:
        first = recorded(world.entries["workshop-open"], "steel", money(1))
        replications.withdraw(replication=first, by=employee_of("steel"), reason="A mistake")
        again = recorded(world.entries["workshop-open"], "steel", money(2))
        assert again.pk == first.pk
        assert again.is_current
        events = ReplicationChange.objects.order_by("pk").values_list("event", flat=True)
        assert list(events) == ["recorded", "withdrawn", "recorded"]

    def test_the_database_keeps_figures_whole(self, world: World) -> None:
        made = recorded(world.entries["workshop-open"], "steel", money(1))
        for broken in (
            {"effect_currency": ""},
            {"effect_number": 3, "effect_unit": "HUR"},
            {"cost_amount": 3},
            {"cost_currency": "EUR"},
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                Replication.objects.filter(pk=made.pk).update(**broken)


class TestEdit:
    @pytest.fixture
    def made(self, world: World) -> Replication:
        return recorded(world.entries["workshop-open"], "steel", money(1000, contact=world.member))

    def test_by_recorder_contact_and_who_manages_the_community(self, world: World, made: Replication) -> None:
        for version, by in enumerate((employee_of("steel"), world.member, world.lead, world.curator), 1):
            replications.edit(
                replication=made,
                version=version,
                draft=money(1000, contact=world.member, note=by.name),
                by=fresh(by),
            )
        for by in (world.employee, world.colleague, world.expert):
            with pytest.raises(PermissionDenied):
                replications.edit(replication=made, version=5, draft=draft(), by=fresh(by))
        assert Replication.objects.get().note == world.curator.name

    def test_not_once_the_entry_is_out_of_sight(self, world: World, made: Replication) -> None:
        Entry.objects.filter(pk=made.entry_id).update(access="classified")
        with pytest.raises(PermissionDenied):
            replications.edit(replication=made, version=1, draft=draft(), by=employee_of("steel"))

    def test_from_a_version_that_is_gone_is_refused(self, made: Replication) -> None:
        by = employee_of("steel")
        replications.edit(replication=made, version=1, draft=money(1000, note="First"), by=by)
        with pytest.raises(ChangedMeanwhile) as refusal:
            replications.edit(replication=made, version=1, draft=money(1000, note="Second"), by=by)
        assert refusal.value.replication.note == "First"
        assert Replication.objects.get().note == "First"

    @pytest.mark.parametrize(
        "other",
        [
            money(1001),
            money(1000, "USD"),
            money(1000, period="month"),
            money(1000, cost_amount=5, cost_currency="EUR"),
        ],
    )
    def test_other_figures_are_unconfirmed_again(self, world: World, made: Replication, other: Any) -> None:
        confirmations.confirm(replication=made, version=1, by=fresh(world.curator), reason="Seen")
        replications.edit(replication=made, version=2, draft=other, by=employee_of("steel"))
        stored = Replication.objects.get()
        assert (stored.confirmation, stored.judged_by) == (Confirmation.WAITING, None)

    def test_other_words_leave_them_confirmed(self, world: World, made: Replication) -> None:
        confirmations.confirm(replication=made, version=1, by=fresh(world.curator), reason="Seen")
        replications.edit(
            replication=made, version=2, draft=money(1000, note="Better said"), by=employee_of("steel")
        )
        assert Replication.objects.get().confirmation == Confirmation.CONFIRMED


class TestProofs:
    @pytest.mark.slow
    @pytest.mark.parametrize("slug", ["workshop-open", "boardroom-closed", "vault-open", "vault-classified"])
    def test_are_open_to_exactly_those_who_see_the_entry(self, world: World, slug: str) -> None:
        entry = world.entries[slug]
        lead = fresh(world.lead)
        User.objects.filter(pk=lead.pk).update(enterprise=enterprise("steel"))
        made = replications.record(
            entry=entry, enterprise=enterprise("steel"), draft=money(1), by=fresh(lead), files=[file()]
        )
        document = made.proofs.get().document
        for level in ("open", "closed", "classified"):
            Entry.objects.filter(pk=entry.pk).update(access=level)
            for role in world.people:
                viewer = world.viewer(role)
                sees = Entry.objects.visible_to(viewer).filter(pk=entry.pk).exists()
                opens = Document.objects.visible_to(viewer).filter(pk=document.pk).exists()
                assert sees == opens, (role, level)

    def test_follow_an_entry_into_another_community(self, world: World) -> None:
        made = recorded(world.entries["workshop-open"], "steel")
        replications.edit(replication=made, version=1, draft=draft(), by=employee_of("steel"), files=[file()])
        other_lead = worlds.person("other@example.org", Role.EXPERT)
        place: Community = worlds.community("yard", other_lead, access="classified")
        page = world.entries["workshop-open"].pages.get()
        page.move(place.pages.get(locale=page.locale), pos="last-child")
        assert Entry.objects.get(pk=made.entry_id).community == place
        document = made.proofs.get().document
        assert not Document.objects.visible_to(access.viewer_of(fresh(world.lead))).filter(pk=document.pk)
        assert Document.objects.visible_to(access.viewer_of(fresh(other_lead))).filter(pk=document.pk)

    def test_taking_one_away_voids_the_confirmation_and_keeps_the_file(self, world: World) -> None:
        by = employee_of("steel")
        made = replications.record(
            entry=world.entries["workshop-open"],
            enterprise=enterprise("steel"),
            draft=money(1),
            by=by,
            files=[file()],
        )
        confirmations.confirm(replication=made, version=1, by=fresh(world.curator), reason="Seen")
        replications.edit(replication=made, version=2, draft=money(1), by=by, without=[made.proofs.get().pk])
        assert Replication.objects.get().confirmation == Confirmation.WAITING
        assert made.proofs.get().removed_at is not None
        assert Document.objects.count() == 1

    def test_are_closed_to_readers_once_they_are_taken_away_or_the_record_is(self, world: World) -> None:
        by = employee_of("steel")
        made = replications.record(
            entry=world.entries["workshop-open"],
            enterprise=enterprise("steel"),
            draft=money(1),
            by=by,
            files=[file("wrong.pdf"), file()],
        )
        wrong, right = (proof.document for proof in made.proofs.order_by("pk"))

        def opens(person: User, document: Document) -> bool:
            return Document.objects.visible_to(access.viewer_of(person)).filter(pk=document.pk).exists()

        replications.edit(
            replication=made, version=1, draft=money(1), by=by, without=[made.proofs.get(document=wrong).pk]
        )
        assert not opens(fresh(world.employee), wrong)
        assert opens(fresh(world.employee), right)
        replications.withdraw(replication=made, by=by)
        assert opens(by, right)
        assert not opens(fresh(world.employee), right)


class TestWithdraw:
    def test_is_counted_no_longer(self, world: World) -> None:
        made = recorded(world.entries["workshop-open"], "steel", money(1))
        assert Entry.objects.with_uses().get(pk=made.entry_id).uses == 1
        replications.withdraw(replication=made, by=employee_of("steel"), reason="Never worked")
        replications.withdraw(replication=made, by=employee_of("steel"))
        assert Entry.objects.with_uses().get(pk=made.entry_id).uses == 0
        change = ReplicationChange.objects.get(event="withdrawn")
        assert change.reason == "Never worked"

    def test_not_by_anybody(self, world: World) -> None:
        made = recorded(world.entries["workshop-open"], "steel")
        with pytest.raises(PermissionDenied):
            replications.withdraw(replication=made, by=fresh(world.employee))


def test_moving_an_entry_of_which_nothing_is_recorded(world: World) -> None:
    entries.proofs.follow_move(world.entries["workshop-open"])
