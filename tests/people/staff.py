"""People without communities and pages: quick to make, enough for what concerns a person alone."""

from dataclasses import dataclass

from people.models import Unit, User
from people.roles import Role
from tests import replay
from tests.world import person


@dataclass
class Staff:
    employee: User
    colleague: User
    expert: User
    curator: User
    moderator: User
    enterprise: Unit


def build() -> Staff:
    """Five people, from what they were when this process first made them."""
    return replay.once(_build)


def _build() -> Staff:
    holding = Unit.add_root(slug="holding", kind="holding", name="Holding")
    enterprise = holding.add_child(slug="pumps", kind="enterprise", name="Pumps")
    return Staff(
        employee=person("employee@example.org", Role.EMPLOYEE, name="Emil Employee", enterprise=enterprise),
        colleague=person("colleague@example.org", Role.EMPLOYEE, name="Cora Colleague"),
        expert=person("expert@example.org", Role.EXPERT, name="Egon Expert", enterprise=enterprise),
        curator=person("curator@example.org", Role.CURATOR, name="Carla Curator"),
        moderator=person("moderator@example.org", Role.MODERATOR, name="Mona Moderator"),
        enterprise=enterprise,
    )
