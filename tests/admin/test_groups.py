"""Groups are no way around the services: the admin puts nobody into one, and does not name those of leads."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from people.models import User
from tests.world import World


@pytest.fixture
def leads(world: World) -> Group:
    """The group that lets the leads of the classified community edit it."""
    return Group.objects.get(name=f"Leads of {world.classified.public_id}")


@pytest.fixture
def moderator(sign_in: Any, world: World) -> Client:
    return sign_in(world.moderator)


def card(person: User, **fields: Any) -> dict[str, Any]:
    return {
        "name": person.name,
        "email": person.email,
        "job": "",
        "language": "en",
        "time_zone": "UTC",
        "is_active": "on",
        "roles": ["employee"],
        **fields,
    }


def members(group: Group) -> set[int]:
    return set(User.objects.filter(groups=group).values_list("pk", flat=True))


class TestAPerson:
    def test_comes_into_no_group_by_a_field_of_another_form(
        self, moderator: Client, world: World, leads: Group
    ) -> None:
        before = members(leads)
        address = reverse("wagtailusers_users:edit", args=[world.employee.pk])
        answer = moderator.post(address, card(world.employee, groups=[leads.pk], user_permissions=["1"]))
        assert answer.status_code == 302
        assert members(leads) == before
        assert not world.employee.user_permissions.exists()

    def test_comes_into_no_group_that_is_no_role(self, moderator: Client, world: World, leads: Group) -> None:
        before = members(leads)
        address = reverse("wagtailusers_users:edit", args=[world.employee.pk])
        for role in (str(leads.pk), leads.name):
            answer = moderator.post(address, card(world.employee, roles=["employee", role]))
            assert answer.status_code == 200
        assert members(leads) == before

    def test_is_added_to_no_group(self, moderator: Client, world: World, leads: Group) -> None:
        before = members(leads)
        new = User(name="Nina New", email="nina@example.org")
        answer = moderator.post(reverse("wagtailusers_users:add"), card(new, groups=[leads.pk]))
        assert answer.status_code == 302
        assert members(leads) == before
        assert set(User.objects.get(email="nina@example.org").groups.values_list("name", flat=True)) == {
            "Employee"
        }

    def test_is_not_put_into_one_with_many(self, moderator: Client, world: World, leads: Group) -> None:
        before = members(leads)
        address = reverse("wagtail_bulk_action", args=["people", "user", "assign_role"])
        for one in ("", f"?id={world.employee.pk}", f"?id={world.moderator.pk}"):
            answer = moderator.post(address + one, {"role": leads.pk})
            assert answer.status_code == 404
        assert members(leads) == before


class TestTheGroupsOfLeads:
    @pytest.mark.parametrize("name", ["edit", "delete", "usage", "history"])
    def test_have_no_page(self, moderator: Client, leads: Group, name: str) -> None:
        address = reverse(f"wagtailusers_groups:{name}", args=[leads.pk])
        for answer in (moderator.get(address), moderator.post(address, {"name": "Mine"})):
            assert answer.status_code in {302, 403, 404}
            assert answer.headers.get("Location", "/admin/").startswith("/admin/")
        assert Group.objects.get(pk=leads.pk).name == leads.name

    def test_are_named_nowhere_among_the_people(self, moderator: Client, world: World, leads: Group) -> None:
        for address in (
            reverse("wagtailusers_users:index"),
            reverse("wagtailusers_users:add"),
            reverse("wagtailusers_users:edit", args=[world.lead.pk]),
        ):
            page = moderator.get(address)
            assert page.status_code == 200
            assert "Leads of" not in page.content.decode()

    def test_tell_by_no_filter_who_is_in_them(self, moderator: Client, world: World, leads: Group) -> None:
        for query in (f"groups={leads.pk}", f"role={leads.pk}"):
            page = moderator.get(reverse("wagtailusers_users:index") + f"?{query}").content.decode()
            assert ("Lena Lead" in page) == ("Emil Employee" in page)
