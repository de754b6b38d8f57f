"""Roles × doors: what each address answers to each role. A new address fails test_doors until it has its row here."""

from tests.matrix.doors import (
    api,
    communities,
    conversations,
    entries,
    ledger,
    notifications,
    people,
    site,
)
from tests.matrix.doors.door import MANAGERS, ROLES, Door

AREAS = (site, people, communities, entries, ledger, conversations, notifications, api)
DOORS: list[Door] = [door for area in AREAS for door in area.DOORS]

__all__ = ["DOORS", "MANAGERS", "ROLES", "Door"]
