"""Addresses outside are looked at every week, a few of each host at a time; one that fails is asked again first.

It counts as broken when it has failed twice, days apart: a night of maintenance is no dead link.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import zip_longest

from django.db import transaction
from django.db.models import Exists, OuterRef

from core import clock
from knowledge import outside_addresses
from knowledge.models import ExternalAddress, PageReference
from knowledge.outside_addresses import Outcome

Status = ExternalAddress.Status
WEEK = timedelta(days=7)
APART = timedelta(days=2)
# Whoever has taken addresses and gone away gives them back after this.
TAKEN_FOR = timedelta(hours=1)
A_RUN = 150
A_HOST = 20
PAUSE = 1.0
# Seconds that a run may take as a whole, whatever dawdles: the rest waits for the next, an hour later.
LONGEST = 900.0
# Where none of so many hosts is reached, it is we who are cut off.
ENOUGH_HOSTS = 3


def check_due(*, pause: Callable[[float], None] = time.sleep) -> int:
    """Look at what is due, politely; returns at how many addresses. What no page names any more is forgotten.

    What a run has no time for is due as it was: the next one begins there.
    """
    _forget_unused()
    taken = _take()
    asked_at: dict[str, float] = {}
    outcomes: list[tuple[ExternalAddress, Outcome]] = []
    begun = time.monotonic()
    in_turn = list(_in_turn(taken))
    for address in in_turn:
        if time.monotonic() - begun >= LONGEST:
            break
        waited = time.monotonic() - asked_at.get(address.host, float("-inf"))
        if waited < PAUSE:
            pause(PAUSE - waited)
        asked_at[address.host] = time.monotonic()
        outcomes.append((address, outside_addresses.ask(address.url)))
    _give_back(in_turn[len(outcomes) :])
    if _are_we_cut_off(outcomes):
        return 0
    for address, outcome in outcomes:
        note(address=address, outcome=outcome)
    return len(outcomes)


@transaction.atomic
def note(*, address: ExternalAddress, outcome: Outcome) -> ExternalAddress:
    """Keep what came of a look."""
    now = clock.now()
    held = ExternalAddress.objects.select_for_update().get(pk=address.pk)
    held.answer, held.checked_at, held.due_at = outcome.answer[:40], now, now + WEEK
    if outcome.is_working:
        held.failures, held.failing_since = 0, None
        _say(held, Status.WORKING)
    elif outcome.is_working is False:
        held.failures = min(held.failures + 1, 32_000)
        held.failing_since = held.failing_since or now
        is_broken = held.failures > 1 and now - held.failing_since >= APART
        _say(held, Status.BROKEN if is_broken else Status.FAILING)
        held.due_at = now + (WEEK if is_broken else APART)
    held.save()
    return held


def _say(address: ExternalAddress, status: Status) -> None:
    address.status = status


@transaction.atomic
def _take() -> list[ExternalAddress]:
    """What is due, not too much of one host; two workers never take the same."""
    now = clock.now()
    due = ExternalAddress.objects.select_for_update(skip_locked=True).filter(due_at__lte=now)
    by_host: dict[str, list[ExternalAddress]] = defaultdict(list)
    for address in due.order_by("due_at", "pk")[: A_RUN * 4]:
        if len(by_host[address.host]) < A_HOST:
            by_host[address.host].append(address)
    taken = [address for addresses in by_host.values() for address in addresses][:A_RUN]
    ExternalAddress.objects.filter(pk__in=[address.pk for address in taken]).update(due_at=now + TAKEN_FOR)
    return taken


def _give_back(addresses: list[ExternalAddress]) -> None:
    """These rows still say when they were due before they were taken."""
    ExternalAddress.objects.bulk_update(addresses, ["due_at"])


def _in_turn(addresses: list[ExternalAddress]) -> Iterator[ExternalAddress]:
    """One of each host, then the next of each: so that there is little to wait for."""
    by_host: dict[str, list[ExternalAddress]] = defaultdict(list)
    for address in addresses:
        by_host[address.host].append(address)
    for round_of_hosts in zip_longest(*by_host.values()):
        yield from (address for address in round_of_hosts if address is not None)


def _are_we_cut_off(outcomes: list[tuple[ExternalAddress, Outcome]]) -> bool:
    hosts = {address.host for address, _outcome in outcomes}
    return len(hosts) >= ENOUGH_HOSTS and not any(outcome.was_reached for _address, outcome in outcomes)


def _forget_unused() -> None:
    named = PageReference.objects.filter(address=OuterRef("pk"))
    ExternalAddress.objects.filter(~Exists(named), due_at__lte=clock.now()).delete()
