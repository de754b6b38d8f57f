"""What tests of the ledger need: enterprises, people of theirs, drafts."""

import datetime as dt
from decimal import Decimal
from typing import Any

from knowledge.models import Entry, Replication
from knowledge.services import replications
from knowledge.services.replications import Draft
from people.models import Unit, User
from people.roles import Role
from tests import world as worlds

DAY = dt.date(2026, 6, 30)


def enterprise(slug: str) -> Unit:
    found = Unit.objects.filter(slug=slug).first()
    return found or Unit.objects.get(slug="holding").add_child(
        slug=slug, kind="enterprise", name=slug.title()
    )


def employee_of(slug: str) -> User:
    """Somebody of an enterprise, the same each time."""
    email = f"{slug}@example.org"
    found = User.objects.filter(email=email).first()
    return found or worlds.person(
        email, Role.EMPLOYEE, name=f"Person of {slug.title()}", enterprise=enterprise(slug)
    )


def draft(status: str = "adopted", **fields: Any) -> Draft:
    return Draft(status=status, as_of_date=fields.pop("as_of_date", DAY), **fields)


def money(amount: Any, currency: str = "EUR", period: str = "year", **fields: Any) -> Draft:
    return draft(effect_amount=Decimal(amount), effect_currency=currency, effect_period=period, **fields)


def measured(number: Any, unit: str, period: str = "year", **fields: Any) -> Draft:
    return draft(effect_number=Decimal(number), effect_unit=unit, effect_period=period, **fields)


def recorded(entry: Entry, slug: str, said: Draft | None = None) -> Replication:
    """A record of an enterprise by somebody of it."""
    return replications.record(
        entry=entry, enterprise=enterprise(slug), draft=said or draft(), by=employee_of(slug)
    )
