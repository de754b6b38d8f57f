from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from knowledge.models import Entry, Replication
from knowledge.services import replications
from people.models import User
from tests.knowledge.ledger import employee_of, enterprise, measured, money, recorded
from tests.world import World

pytestmark = pytest.mark.django_db
LIST = "/api/v1/replications"


def slugs(answer: Any) -> list[str]:
    return [item["enterprise"]["slug"] for item in answer.json()["items"]]


def test_each_gets_what_they_may_see(world: World, ask: Any) -> None:
    lead = User.objects.get(pk=world.lead.pk)
    for entry in Entry.objects.published():
        replications.record(entry=entry, enterprise=enterprise("steel"), draft=money(1), by=lead)
    for role, user in world.people.items():
        if user is not None:
            visible = Entry.objects.published().visible_to(world.viewer(role)).values_list("key", flat=True)
            answer = ask(user, f"{LIST}?limit=100").json()
            assert {item["entry"]["key"] for item in answer["items"]} == {str(key) for key in visible}, role


def test_says_what_was_recorded(world: World, ask: Any) -> None:
    made = recorded(world.entries["workshop-open"], "steel", money(1000, note="Since May"))
    (item,) = ask(world.employee, LIST).json()["items"]
    assert item["effect"]["amount"] == "1000.00"
    assert (item["status"], item["confirmation"], item["note"]) == ("adopted", "waiting", "Since May")
    detail = ask(world.employee, item["url"]).json()
    assert detail["recorded_by"]["name"] == employee_of("steel").name
    assert [change["event"] for change in detail["changes"]] == ["recorded"]
    entry = ask(world.employee, f"/api/v1/entries/{made.entry.key}").json()
    assert entry["replications"] == [item]


def test_filters_and_pages(world: World, ask: Any) -> None:
    entry = world.entries["workshop-open"]
    recorded(entry, "steel", money(1))
    recorded(entry, "glass", measured(2, "MWH", status="tried"))
    user = world.employee
    assert slugs(ask(user, f"{LIST}?status=tried")) == ["glass"]
    assert slugs(ask(user, f"{LIST}?enterprise=steel&confirmation=waiting")) == ["steel"]
    assert slugs(ask(user, f"{LIST}?community=vault")) == []
    assert slugs(ask(user, f"/api/v1/entries/{entry.key}/replications")) == ["glass", "steel"]
    first = ask(user, f"{LIST}?limit=1").json()
    assert slugs(ask(user, f"{LIST}?limit=1&cursor={first['next']}")) == ["steel"]
    assert ask(user, f"{LIST}?cursor=nonsense").status_code == 422


def test_what_is_withdrawn_is_gone_and_changes_are_found(world: World, ask: Any) -> None:
    made = recorded(world.entries["workshop-open"], "steel", money(1))
    since = Replication.objects.get().updated_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    assert len(ask(world.employee, f"{LIST}?updated_since={since}").json()["items"]) == 1
    replications.withdraw(replication=made, by=employee_of("steel"))
    assert ask(world.employee, LIST).json()["items"] == []
    assert ask(world.employee, f"{LIST}/{made.public_id}").status_code == 404


def test_a_token_needs_the_scope(world: World, token: Any, client: Any) -> None:
    text = token(world.employee, "profile:read")
    assert client.get(LIST, headers={"Authorization": f"Bearer {text}"}).status_code == 403


@pytest.mark.slow
def test_cost(world: World, ask: Any) -> None:
    entry, counts = world.entries["workshop-open"], []
    for number in (2, 20):
        for at in range(number):
            recorded(entry, f"works-{number}-{at}", money(1))
        ask(world.employee, f"{LIST}?limit=100")
        with CaptureQueriesContext(connection) as queries:
            ask(world.employee, f"{LIST}?limit=100")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 5
