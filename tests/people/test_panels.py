from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from people import access, panels
from people.models import Competence, User
from people.services import communities, invitations, memberships
from tests.people.services.test_communities import draft
from tests.world import World

SignIn = Callable[[User | None], Client]


def request_of(user: User, **session: str) -> Any:
    user = User.objects.get(pk=user.pk)
    access.viewer_of(user)
    return SimpleNamespace(user=user, session=session)


def test_home_shows_each_to_whom_it_concerns(world: World, sign_in: SignIn) -> None:
    User.objects.update(welcomed_at=timezone.now())
    memberships.join(user=world.employee, community=world.closed)
    communities.propose(author=world.expert, draft=draft())
    lead = sign_in(world.lead).get("/").content.decode()
    assert "Emil Employee" in lead
    assert "Welding" not in lead
    curator = sign_in(world.curator).get("/").content.decode()
    assert "Welding" in curator
    assert "who asked to join" not in curator
    employee = sign_in(world.employee).get("/").content.decode()
    assert "Workshop" in employee
    assert "Vault" not in employee


def test_communities_for_you_says_why(world: World) -> None:
    branch = Competence.add_root(slug="metal", name_en="Metal", community=world.open)
    world.employee.skills.add(branch.add_child(slug="welding", name_en="Welding"))
    shown = panels.communities_for_you(request_of(world.employee))
    assert [(one.slug, str(one.why)) for one in shown["communities"]] == [("workshop", "About your skills")]
    assert panels.communities_for_you(request_of(world.member)) is None


def test_an_invitation_waits_until_it_is_of_no_use(world: World) -> None:
    invitation, secret = invitations.invite(community=world.closed, by=world.lead)
    assert panels.invitation(request_of(world.employee, invitation=secret))["invitation"] == invitation
    invitations.revoke(invitation=invitation, by=world.lead)
    request = request_of(world.employee, invitation=secret)
    assert panels.invitation(request) is None
    assert request.session == {}


@pytest.mark.parametrize(
    "panel",
    [panels.requests_waiting, panels.proposals_waiting, panels.my_communities, panels.communities_for_you],
)
def test_costs_one_query(world: World, panel: Callable[[Any], Any]) -> None:
    memberships.join(user=world.employee, community=world.closed)
    request = request_of(world.lead)
    with CaptureQueriesContext(connection) as queries:
        panel(request)
    assert len(queries) <= 1
