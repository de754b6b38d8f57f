"""People, units, competences and calendars in the admin."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.models import AuditEntry
from people import access, roles
from people.models import Competence, Unit, User, WorkingCalendar
from people.roles import Role
from tests.people.staff import Staff
from tests.world import person

SignIn = Callable[[User | None], Client]


def text_of(response) -> str:
    return response.content.decode()


def record(**fields: Any) -> dict[str, Any]:
    return {
        "name": "Nina New",
        "email": "nina@example.org",
        "job": "Fitter",
        "language": "en",
        "time_zone": "UTC",
        "roles": ["employee"],
        "is_active": "on",
        **fields,
    }


def edit_url(user: User) -> str:
    return reverse("wagtailusers_users:edit", args=[user.pk])


class TestDoors:
    @pytest.mark.parametrize(
        ("address", "open_to"),
        [
            ("/admin/users/", {"moderator"}),
            ("/admin/users/new/", {"moderator"}),
            ("/admin/units/", {"moderator"}),
            ("/admin/units/new/", {"moderator"}),
            ("/admin/competences/", {"curator", "moderator"}),
            ("/admin/competences/new/", {"curator", "moderator"}),
            ("/admin/working-calendars/", {"curator", "moderator"}),
            ("/admin/groups/", set()),
        ],
    )
    @pytest.mark.parametrize("who", ["employee", "expert", "curator", "moderator"])
    def test_open_to_whom_they_concern(
        self, staff: Staff, sign_in: SignIn, address: str, open_to: set[str], who: str
    ) -> None:
        status = sign_in(getattr(staff, who)).get(address).status_code
        assert (status == 200) == (who in open_to)


class TestPeople:
    def test_somebody_is_added_and_can_set_a_password(self, staff: Staff, sign_in: SignIn) -> None:
        form = record(email="Nina@Example.org", enterprise=staff.enterprise.pk, roles=["employee", "expert"])
        assert sign_in(staff.moderator).post("/admin/users/new/", form).status_code == 302
        user = User.objects.get(email="nina@example.org")
        assert user.enterprise == staff.enterprise
        assert roles.of(user) == [Role.EMPLOYEE, Role.EXPERT]
        assert EmailAddress.objects.filter(user=user, verified=True).exists()
        assert set(AuditEntry.objects.filter(actor=staff.moderator).values_list("action", flat=True)) >= {
            "person.registered",
            "person.placed",
            "role.given",
        }

    def test_an_address_is_had_once(self, staff: Staff, sign_in: SignIn) -> None:
        form = record(email="EMPLOYEE@example.org")
        response = sign_in(staff.moderator).post("/admin/users/new/", form)
        assert "There is a person with this address already." in text_of(response)

    def test_changes_go_through_the_services(self, staff: Staff, sign_in: SignIn) -> None:
        welding = Competence.add_root(slug="welding", name_en="Welding")
        form = record(email="emil@example.org", roles=["employee", "curator"], competences=[welding.pk])
        response = sign_in(staff.moderator).post(edit_url(staff.employee), form)
        assert response.status_code == 302
        user = User.objects.get(pk=staff.employee.pk)
        assert (user.name, user.email, user.enterprise) == ("Nina New", "emil@example.org", None)
        assert access.viewer_of(user).may("people.see_closed")
        assert list(user.competences.all()) == [welding]
        actions = set(AuditEntry.objects.filter(actor=staff.moderator).values_list("action", flat=True))
        assert actions == {"person.email_changed", "person.placed", "person.vetted", "role.given"}

    def test_a_leaver_loses_the_session_at_once(self, staff: Staff, sign_in: SignIn) -> None:
        theirs = Client()
        theirs.force_login(staff.employee, backend="django.contrib.auth.backends.ModelBackend")
        assert theirs.get("/profile/").status_code == 200
        form = record(email=staff.employee.email, reason="left the company")
        del form["is_active"]
        sign_in(staff.moderator).post(edit_url(staff.employee), form)
        assert theirs.get("/profile/").status_code == 302
        assert AuditEntry.objects.get(action="person.deactivated").reason == "left the company"

    def test_a_department_of_another_enterprise_is_refused_whole(self, staff: Staff, sign_in: SignIn) -> None:
        other = staff.enterprise.get_parent().add_child(slug="other", kind="enterprise", name="Other")
        department = other.add_child(slug="other-it", kind="department", name="IT")
        form = record(
            email=staff.employee.email,
            enterprise=staff.enterprise.pk,
            department=department.pk,
            name="Changed",
        )
        response = sign_in(staff.moderator).post(edit_url(staff.employee), form)
        assert "does not belong to the enterprise" in text_of(response)
        assert User.objects.get(pk=staff.employee.pk).name == "Emil Employee"

    def test_nobody_ends_their_own_account(self, staff: Staff, sign_in: SignIn) -> None:
        form = record(email=staff.moderator.email, roles=["moderator"])
        del form["is_active"]
        sign_in(staff.moderator).post(edit_url(staff.moderator), form)
        assert User.objects.get(pk=staff.moderator.pk).is_active

    def test_superusers_are_out_of_reach(self, staff: Staff, sign_in: SignIn) -> None:
        chief = User.objects.create_superuser("root@example.org", "x", name="Root")
        response = sign_in(staff.moderator).post(edit_url(chief), record(email="mine@example.org"))
        assert response.status_code in {302, 403}
        assert User.objects.get(pk=chief.pk).email == "root@example.org"

    def test_nobody_becomes_a_superuser_by_a_form(self, staff: Staff, sign_in: SignIn) -> None:
        form = record(email=staff.employee.email, is_superuser="on", groups=["1"])
        sign_in(staff.moderator).post(edit_url(staff.employee), form)
        assert not User.objects.get(pk=staff.employee.pk).is_superuser

    @pytest.mark.parametrize("action", ["delete", "assign_role", "set_active_state"])
    def test_wagtails_actions_on_many_are_not_there(self, staff: Staff, sign_in: SignIn, action: str) -> None:
        before = User.objects.values_list("pk", "is_active", "groups").order_by("pk", "groups")
        was = list(before)
        address = f"/admin/bulk/people/user/{action}/?id={staff.employee.pk}"
        form = {"role": "5", "mark_as_active": "False"}
        client = sign_in(staff.moderator)
        assert client.get(address).status_code == client.post(address, form).status_code == 404
        assert list(before.all()) == was

    def test_nobody_is_deleted(self, staff: Staff, sign_in: SignIn) -> None:
        chief = User.objects.create_superuser("root@example.org", "x", name="Root")
        for who in (staff.moderator, chief):
            sign_in(who).post(reverse("wagtailusers_users:delete", args=[staff.colleague.pk]))
        assert User.objects.filter(pk=staff.colleague.pk).exists()

    def test_the_list_is_searched_filtered_and_exported(self, staff: Staff, sign_in: SignIn) -> None:
        client = sign_in(staff.moderator)
        page = text_of(client.get("/admin/users/?q=egon"))
        assert "Egon Expert" in page
        assert "Emil Employee" not in page
        assert "Emil Employee" in text_of(client.get(f"/admin/users/?enterprise={staff.enterprise.pk}"))
        experts = text_of(client.get("/admin/users/?role=expert"))
        assert ("Egon Expert" in experts, "Emil Employee" in experts) == (True, False)
        exported = b"".join(client.get("/admin/users/?export=csv").streaming_content).decode()
        assert "egon" not in exported
        assert "expert@example.org" in exported

    def test_the_list_costs_the_same_for_few_and_many(self, staff: Staff, sign_in: SignIn) -> None:
        client = sign_in(staff.moderator)

        def cost() -> int:
            client.get("/admin/users/")
            with CaptureQueriesContext(connection) as queries:
                client.get("/admin/users/")
            return len(queries)

        few = cost()
        for number in range(10):
            person(f"p{number}@example.org", Role.EXPERT, enterprise=staff.enterprise)
        assert cost() == few


class TestUnits:
    def form(self, **fields: Any) -> dict[str, Any]:
        return {
            "name": "Shop",
            "slug": "shop",
            "kind": "department",
            "language": "en",
            "time_zone": "UTC",
            **{f"about_{number}": "" for number in range(5)},
            **fields,
        }

    def test_is_added_moved_and_never_deleted(self, staff: Staff, sign_in: SignIn) -> None:
        client = sign_in(staff.moderator)
        client.post("/admin/units/new/", self.form(parent=staff.enterprise.pk))
        shop = Unit.objects.get(slug="shop")
        assert shop.get_parent() == staff.enterprise
        other = staff.enterprise.get_parent().add_child(slug="other", kind="enterprise", name="Other")
        client.post(f"/admin/units/edit/{shop.pk}/", self.form(parent=other.pk, name="Big shop"))
        shop = Unit.objects.get(slug="shop")
        assert (shop.name, shop.get_parent()) == ("Big shop", other)
        client.post(f"/admin/units/delete/{shop.pk}/")
        assert Unit.objects.filter(slug="shop").exists()

    def test_says_what_may_not_stand_there(self, staff: Staff, sign_in: SignIn) -> None:
        form = self.form(kind="enterprise", parent=staff.enterprise.pk)
        response = sign_in(staff.moderator).post("/admin/units/new/", form)
        assert "Below a holding stand enterprises" in text_of(response)
        assert not Unit.objects.filter(slug="shop").exists()


class TestCompetences:
    def test_is_added_by_a_curator_and_deleted_by_a_moderator_when_unused(
        self, staff: Staff, sign_in: SignIn
    ) -> None:
        form = {"name_en": "Welding", "name_he": "ריתוך", "slug": "welding", "parent": ""}
        sign_in(staff.curator).post("/admin/competences/new/", form)
        welding = Competence.objects.get()
        staff.expert.competences.add(welding)
        address = f"/admin/competences/delete/{welding.pk}/"
        client = sign_in(staff.moderator)
        assert "It is in use" in text_of(client.post(address, follow=True))
        staff.expert.competences.clear()
        client.post(address)
        assert not Competence.objects.exists()


class TestWorkingCalendars:
    def test_is_kept_with_hours_and_days_off(self, staff: Staff, sign_in: SignIn) -> None:
        client = sign_in(staff.curator)
        form = {
            "name": "Ural",
            "time_zone": "Asia/Yekaterinburg",
            "hours_0": "8:00-17:00",
            "holidays": "2027-01-01 NY",
        }
        assert client.post("/admin/working-calendars/new/", form).status_code == 302
        calendar = WorkingCalendar.objects.get()
        assert calendar.hours.count() == 1
        address = f"/admin/working-calendars/edit/{calendar.pk}/"
        page = text_of(client.get(address))
        assert "08:00–17:00" in page
        assert "2027-01-01 NY" in page
        bad = {**form, "hours_1": "evening", "holidays": "soon"}
        page = text_of(client.post(address, bad))
        assert "is not a span of hours" in page
        assert "does not begin with a date" in page
        assert WorkingCalendar.objects.get().holidays.count() == 1
