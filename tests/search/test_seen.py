"""Statements that are kept judge as `people.access` does at that moment."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from core import clock, compiled
from core.declarations import search_sources
from knowledge.models import EntryPage, EntryShare
from people import access
from people.choices import MembershipState
from people.models import BreakGlass, Membership
from search import seen
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
ROLES = ("visitor", "employee", "reservist", "expert", "curator", "moderator", "lead", "member")
KINDS = ("entry", "community", "person")


def everything(kind: str) -> list[int]:
    return list(search_sources[kind].model.objects.values_list("pk", flat=True))


@pytest.mark.parametrize("is_public", [False, True])
@pytest.mark.parametrize("role", ROLES)
def test_what_the_queryset_holds_and_nothing_else(
    world: World, settings: Any, role: str, is_public: bool
) -> None:
    settings.PUBLIC_CONTENT = is_public
    viewer = world.viewer(role)
    for kind in KINDS:
        visible = set(search_sources[kind].visible(viewer).values_list("pk", flat=True))
        assert set(seen.hits(kind, everything(kind), viewer)) == visible


@pytest.mark.parametrize("role", ROLES)
def test_what_is_kept_is_made_without_a_query(world: World, role: str) -> None:
    viewer = world.viewer(role)
    with CaptureQueriesContext(connection) as asked:
        for kind in KINDS:
            source = search_sources[kind]
            compiled.made(source.visible(viewer), source.hit_fields)
    assert len(asked) == 0


def test_of_the_rows_that_are_asked_for_in_one_query(world: World) -> None:
    viewer = world.viewer("member")
    pks = everything("entry")
    seen.hits("entry", pks, viewer)
    with CaptureQueriesContext(connection) as asked:
        assert set(seen.hits("entry", pks[:1], viewer)) <= set(pks[:1])
        assert seen.hits("entry", [], viewer) == {}
    assert len(asked) == 1


def test_of_a_community_that_one_has_left_nothing_more(world: World) -> None:
    viewer = world.viewer("member")
    (page,) = world.entries["boardroom-closed"].pages.values_list("pk", flat=True)
    assert set(seen.hits("entry", [page], viewer)) == {page}
    Membership.objects.filter(user=world.member).update(state=MembershipState.ENDED)
    assert seen.hits("entry", [page], viewer) == {}


def test_of_what_is_shared_no_more_nothing(world: World) -> None:
    entry = world.entries["workshop-classified"]
    (page,) = entry.pages.values_list("pk", flat=True)
    share = EntryShare.objects.create(entry=entry, unit=world.enterprise)
    viewer = world.viewer("employee")
    assert set(seen.hits("entry", [page], viewer)) == {page}
    share.delete()
    assert seen.hits("entry", [page], viewer) == {}


def test_with_the_glass_broken_until_the_time_is_over(world: World) -> None:
    until = clock.now() + timedelta(hours=1)
    BreakGlass.objects.create(user=world.moderator, community=world.classified, reason="r", expires_at=until)
    access.forget(world.moderator.pk)
    viewer = world.viewer("moderator")
    pages = list(EntryPage.objects.filter(entry__community=world.classified).values_list("pk", flat=True))
    assert seen.hits("entry", pages, viewer)
    with time_machine.travel(until + timedelta(seconds=1), tick=False):
        assert seen.hits("entry", pages, viewer) == {}


def test_named_in_the_language_of_whoever_reads_now(world: World) -> None:
    world.open.name_he = "בית מלאכה"
    world.open.save()
    viewer = world.viewer("employee")
    titles = []
    for language in ("en", "he"):
        with translation.override(language):
            titles.append(seen.hits("community", [world.open.pk], viewer)[world.open.pk].title)
    assert titles == [world.open.name_en, "בית מלאכה"]


def test_somebody_of_no_enterprise_has_none(world: World) -> None:
    pks = [world.employee.pk, world.colleague.pk]
    found = seen.hits("person", pks, world.viewer("employee"))
    assert [(found[pk].title, found[pk].context) for pk in pks] == [
        ("Emil Employee", "Pumps"),
        ("Cora Colleague", ""),
    ]
