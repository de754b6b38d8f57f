"""The ledger on the site: recording by a form, what is refused and what stays, judging, what waits."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import clock
from knowledge.choices import Confirmation
from knowledge.models import Entry, Replication
from knowledge.services import proofs, replications
from people.models import User
from people.roles import Role
from tests import world as worlds
from tests.knowledge.ledger import employee_of, enterprise, money, recorded
from tests.world import World

pytestmark = pytest.mark.django_db

SAID = {
    "status": "adopted",
    "as_of_date": "2026-06-30",
    "note": "Since May",
    "effect_kind": "money",
    "effect_amount": "1 200.50",
    "effect_currency": "usd",
    "effect_period": "month",
    "contact": "",
}


def form_of(entry: Entry) -> str:
    return reverse("record_replication", args=[entry.key])


@pytest.fixture
def entry(world: World) -> Entry:
    return world.entries["workshop-open"]


@pytest.fixture
def made(entry: Entry) -> Replication:
    return recorded(entry, "steel", money(1000, note="Same as theirs"))


class TestRecord:
    def test_from_the_page_of_the_entry(self, entry: Entry, sign_in: Any) -> None:
        client = sign_in(employee_of("steel"))
        page = client.get(entry.pages.get().get_url()).content.decode()
        assert form_of(entry) in page
        assert "We use this too" in page
        answer = client.post(
            form_of(entry),
            {
                **SAID,
                "enterprise": enterprise("steel").pk,
                "proofs": [SimpleUploadedFile("sums.csv", b"1,2")],
            },
        )
        made = Replication.objects.get()
        assert answer.url == made.get_absolute_url()
        assert (made.effect_amount, made.effect_currency, made.effect_period) == (
            Decimal("1200.50"),
            "USD",
            "month",
        )
        assert made.proofs.get().document.title == "sums.csv"
        shown = client.get(entry.pages.get().get_url()).content.decode()
        for text in ("Steel", "Since May", "Adopted", "$ 1,200.5 a month"):
            assert text in shown

    def test_a_measure(self, entry: Entry, sign_in: Any) -> None:
        said = {**SAID, "effect_kind": "measure", "effect_amount": "", "effect_currency": ""}
        said |= {
            "effect_number": "320",
            "effect_unit": "MWH",
            "effect_measure": "Electricity",
            "effect_period": "year",
        }
        sign_in(employee_of("steel")).post(form_of(entry), {**said, "enterprise": enterprise("steel").pk})
        made = Replication.objects.get()
        assert (made.effect_number, made.effect_unit, made.effect_amount) == (320, "MWH", None)

    @pytest.mark.parametrize(
        ("wrong", "told"),
        [
            ({"status": ""}, "This field is required"),
            ({"effect_amount": ""}, "This field is required"),
            ({"effect_currency": ""}, "This field is required"),
            ({"effect_currency": "EURO"}, "at most 3 characters"),
            ({"effect_amount": "a lot"}, "Enter a number"),
            ({"effect_amount": "1e40"}, "less than or equal"),
            ({"effect_kind": "none"}, "Say whether the effect is in money"),
            ({"effect_kind": "measure"}, "Say whether the effect is in money"),
            ({"status": "rejected"}, "What is not used has no effect"),
            ({"as_of_date": "2999-01-01"}, "still to come"),
            ({"as_of_date": "0001-01-01"}, "too long ago"),
            ({"as_of_date": "yesterday"}, "Enter a valid date"),
            ({"cost_amount": "5"}, "This field is required"),
            ({"cost_amount": "-5", "cost_currency": "EUR"}, "greater than or equal"),
            ({"contact": "Nobody At All"}, "Nobody has this name"),
            ({"note": "x" * 2001}, "at most 2000 characters"),
            ({"enterprise": "999999"}, "not one of the available"),
        ],
    )
    def test_what_is_wrong_is_told_and_nothing_typed_is_lost(
        self, entry: Entry, sign_in: Any, wrong: dict[str, str], told: str
    ) -> None:
        said = {"enterprise": enterprise("steel").pk, **SAID, "note": "Kept words", **wrong}
        answer = sign_in(employee_of("steel")).post(form_of(entry), said)
        html = answer.content.decode()
        assert answer.status_code == 200
        assert told in html
        assert wrong.get("note", "Kept words") in html
        assert not Replication.objects.exists()

    def test_files_that_are_not_taken(self, entry: Entry, sign_in: Any) -> None:
        for file in (SimpleUploadedFile("run.exe", b"MZ"), SimpleUploadedFile("page.html", b"<p>")):
            said = {**SAID, "enterprise": enterprise("steel").pk, "proofs": [file]}
            html = sign_in(employee_of("steel")).post(form_of(entry), said).content.decode()
            assert "is of a kind that is not taken" in html
            assert "please choose them again" in html
        assert not Replication.objects.exists()

    def test_too_many_files_are_told_and_nothing_typed_is_lost(
        self, entry: Entry, sign_in: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(proofs, "MOST", 1)
        files = [SimpleUploadedFile(f"{name}.csv", b"1,2") for name in "ab"]
        said = {**SAID, "enterprise": enterprise("steel").pk, "note": "Kept words", "proofs": files}
        html = sign_in(employee_of("steel")).post(form_of(entry), said).content.decode()
        assert "A record shows no more than 1 files as proofs." in html
        assert "Kept words" in html
        assert not Replication.objects.exists()

    def test_a_contact_by_name_or_address(self, world: World, entry: Entry, sign_in: Any) -> None:
        said = {**SAID, "enterprise": enterprise("steel").pk}
        worlds.person("two@example.org", Role.EMPLOYEE, name="Twin")
        worlds.person("three@example.org", Role.EMPLOYEE, name="Twin")
        client = sign_in(employee_of("steel"))
        assert (
            "Several people are called so"
            in client.post(form_of(entry), {**said, "contact": "twin"}).content.decode()
        )
        client.post(form_of(entry), {**said, "contact": "max member"})
        assert Replication.objects.get().contact == world.member

    def test_the_second_leads_to_the_first(self, entry: Entry, made: Replication, sign_in: Any) -> None:
        client = sign_in(employee_of("steel"))
        assert client.get(form_of(entry)).url == made.get_absolute_url()
        said = {**SAID, "note": "Typed meanwhile", "enterprise": enterprise("steel").pk}
        html = client.post(form_of(entry), said).content.decode()
        assert made.get_absolute_url() in html
        assert "Typed meanwhile" in html

    def test_who_has_no_enterprise_is_told_so(self, world: World, entry: Entry, sign_in: Any) -> None:
        html = sign_in(world.colleague).get(form_of(entry)).content.decode()
        assert "There is no enterprise that you could record it for" in html

    def test_in_the_way_people_write_numbers(self, entry: Entry, sign_in: Any) -> None:
        by = employee_of("steel")
        User.objects.filter(pk=by.pk).update(language="ru")
        said = {**SAID, "enterprise": enterprise("steel").pk, "effect_amount": "1 200,50"}
        sign_in(User.objects.get(pk=by.pk)).post(form_of(entry), said)
        assert Replication.objects.get().effect_amount == Decimal("1200.50")


class TestEdit:
    def address(self, made: Replication) -> str:
        return reverse("edit_replication", args=[made.public_id])

    def test_begins_with_what_is_stored(self, made: Replication, sign_in: Any) -> None:
        html = sign_in(employee_of("steel")).get(self.address(made)).content.decode()
        for text in ("Same as theirs", 'value="1000.00"', 'value="2026-06-30"'):
            assert text in html

    def test_a_stale_form_is_refused_with_what_was_typed(self, made: Replication, sign_in: Any) -> None:
        client = sign_in(employee_of("steel"))
        client.post(self.address(made), {**SAID, "version": "1", "note": "First"})
        html = client.post(self.address(made), {**SAID, "version": "1", "note": "Second"}).content.decode()
        assert "Somebody changed this record while you wrote" in html
        assert "First" in html
        assert "Second" in html
        assert Replication.objects.get().note == "First"
        assert 'name="version" value="2"' in html
        client.post(self.address(made), {**SAID, "version": "2", "note": "Second"})
        assert Replication.objects.get().note == "Second"

    @pytest.mark.parametrize("version", ["", "nonsense", "-1", "99999999999999999999"])
    def test_a_nonsensical_version_changes_nothing(
        self, made: Replication, sign_in: Any, version: str
    ) -> None:
        answer = sign_in(employee_of("steel")).post(self.address(made), {**SAID, "version": version})
        assert answer.status_code == 200
        assert Replication.objects.get().version == 1

    def test_withdrawn_it_is_gone_for_others(self, world: World, made: Replication, sign_in: Any) -> None:
        client = sign_in(employee_of("steel"))
        answer = client.post(reverse("withdraw_replication", args=[made.public_id]), {"reason": "A mistake"})
        assert answer.url == made.entry.get_absolute_url()
        assert client.get(made.get_absolute_url()).status_code == 200
        assert sign_in(world.employee).get(made.get_absolute_url()).status_code == 404


class TestJudge:
    def judge(self, client: Any, made: Replication, decision: str = "confirm", **said: str) -> Any:
        address = reverse("judge_replication", args=[made.public_id])
        return client.post(address, {"decision": decision, "version": "1", "reason": "Seen", **said})

    def test_confirmed_it_shows(self, world: World, made: Replication, sign_in: Any) -> None:
        assert self.judge(sign_in(world.curator), made).status_code == 302
        page = sign_in(world.employee).get(made.entry.pages.get().get_url()).content.decode()
        assert "Confirmed" in page

    def test_the_second_is_told_who_was_first(self, world: World, made: Replication, sign_in: Any) -> None:
        self.judge(sign_in(world.curator), made)
        html = self.judge(sign_in(world.moderator), made, reason="My own words").content.decode()
        assert "Carla Curator has confirmed these figures already." in html
        assert "My own words" in html

    def test_without_a_reason(self, world: World, made: Replication, sign_in: Any) -> None:
        assert self.judge(sign_in(world.curator), made, reason=" ").status_code == 200
        assert Replication.objects.get().confirmation == Confirmation.WAITING

    def test_after_a_change_the_new_figures_are_shown(
        self, world: World, made: Replication, sign_in: Any
    ) -> None:
        replications.edit(replication=made, version=1, draft=money(77_777), by=employee_of("steel"))
        html = self.judge(sign_in(world.curator), made).content.decode()
        assert "The record has changed while you looked at it" in html
        assert "77,777" in html
        assert Replication.objects.get().confirmation == Confirmation.WAITING

    def test_what_waits_as_far_as_one_sees(self, world: World, sign_in: Any) -> None:
        lead = User.objects.get(pk=world.lead.pk)
        for slug in ("workshop-open", "boardroom-closed", "vault-open"):
            replications.record(
                entry=world.entries[slug], enterprise=enterprise("steel"), draft=money(1), by=lead
            )
        html = sign_in(world.curator).get(reverse("replications_waiting")).content.decode()
        assert "Title of workshop-open" in html
        assert "Title of boardroom-closed" in html
        assert "Title of vault-open" not in html


class TestCost:
    """As many queries for 20 rows as for 2."""

    def count(self, client: Any, url: str) -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    @pytest.mark.slow
    @pytest.mark.parametrize("url", ["/replications/", "/replications/waiting/", "/people/units/pumps/"])
    def test_of_lists(self, world: World, sign_in: Any, url: str) -> None:
        client, counts = sign_in(world.curator), []
        Entry.objects.filter(community=world.open).update(enterprise=world.enterprise)
        for number in (2, 20):
            for at in range(number):
                recorded(world.entries["workshop-open"], f"works-{number}-{at}", money(at + 1))
            counts.append(self.count(client, url))
        assert counts[0] == counts[1] <= 8

    def test_of_one(self, world: World, made: Replication, sign_in: Any) -> None:
        client = sign_in(world.curator)
        before = self.count(client, made.get_absolute_url())
        for version in range(1, 9):
            replications.edit(
                replication=made, version=version, draft=money(version), by=employee_of("steel")
            )
        assert self.count(client, made.get_absolute_url()) == before <= 8

    def test_of_the_page_of_an_entry(self, world: World, entry: Entry, sign_in: Any) -> None:
        client, counts, page = sign_in(world.employee), [], entry.pages.get().get_url()
        client.get(page)
        for number in (1, 8):
            for at in range(number):
                recorded(entry, f"works-{number}-{at}", money(at + 1))
            with CaptureQueriesContext(connection) as queries:
                client.get(page)
            counts.append(len(queries))
        assert counts[0] == counts[1] <= 12


def test_the_page_compares_enterprises_in_one_unit(world: World, entry: Entry, sign_in: Any) -> None:
    recorded(entry, "steel", money(1000))
    assert (
        "Effect by enterprise"
        not in sign_in(world.employee).get(entry.pages.get().get_url()).content.decode()
    )
    recorded(entry, "glass", money(250))
    html = sign_in(world.employee).get(entry.pages.get().get_url()).content.decode()
    assert "Effect by enterprise, EUR a year" in html
    table = html.partition('<table class="share-chart">')[2].partition("</table>")[0]
    assert re.findall(r"<th scope=\"col\">.*?>([^<]+)</span>", table) == ["Enterprise", "Effect"]
    rows = re.findall(r'<th scope="row"><bdi>(.*?)</bdi></th><td><bdi>(.*?)</bdi>', table)
    assert rows == [("Steel", "€ 1,000"), ("Glass", "€ 250")]
    assert '<progress value="25" max="100" aria-hidden="true">' in table, "the figures say it already"


def test_a_withdrawn_record_leaves_the_page(
    world: World, entry: Entry, made: Replication, sign_in: Any
) -> None:
    page = entry.pages.get().get_url()
    assert "Same as theirs" in sign_in(world.employee).get(page).content.decode()
    replications.withdraw(replication=made, by=employee_of("steel"))
    assert "Same as theirs" not in sign_in(world.employee).get(page).content.decode()


def test_today_is_offered(entry: Entry, sign_in: Any) -> None:
    html = sign_in(employee_of("steel")).get(form_of(entry)).content.decode()
    assert f'value="{clock.today():%Y-%m-%d}"' in html
