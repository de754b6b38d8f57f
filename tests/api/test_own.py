"""One's own saved views and reading list, read and changed by programs."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from knowledge.models import KeptEntry
from knowledge.services import readings
from people.choices import Access, SavedList
from people.models import Membership, SavedView, User
from people.services import memberships, saved_views
from tests import world as worlds
from tests.world import World

pytestmark = pytest.mark.django_db
VIEWS = "/api/v1/saved-views"
READING = "/api/v1/reading-list"


@pytest.fixture
def do(token: Callable[..., str]) -> Callable[..., Any]:
    """Call an operation as a client application of a person that may change what is theirs."""
    texts: dict[int, str] = {}

    def call(user: User, method: str, path: str, **data: Any) -> Any:
        if user.pk not in texts:
            texts[user.pk] = token(user, "own:read", "own:write")
        options: dict[str, Any] = {"headers": {"Authorization": f"Bearer {texts[user.pk]}"}}
        if method in {"post", "patch"}:
            options |= {"data": data, "content_type": "application/json"}
        return getattr(Client(), method)(path, **options)

    return call


def keep(owner: User, name: str, **given: Any) -> SavedView:
    given = {"to": SavedList.CATALOGUE, "query": "", "follow": False, **given}
    return saved_views.keep(owner=User.objects.get(pk=owner.pk), name=name, **given)


def names(answer: Any) -> list[str]:
    return [item["name"] for item in answer.json()["items"]]


class TestSavedViews:
    def test_ones_own_and_those_of_ones_communities(self, world: World, do: Any) -> None:
        keep(world.lead, "Alone")
        keep(world.lead, "Of the workshop", community=world.open)
        keep(world.lead, "Of the vault", community=world.classified, to=SavedList.PEOPLE)
        keep(world.member, "Mine")
        assert names(do(world.member, "get", VIEWS)) == ["Mine", "Of the vault", "Of the workshop"]
        assert names(do(world.member, "get", f"{VIEWS}?own=true")) == ["Mine"]
        assert names(do(world.member, "get", f"{VIEWS}?own=false&list=people")) == ["Of the vault"]
        assert names(do(world.employee, "get", VIEWS)) == []

    def test_pages(self, world: World, do: Any) -> None:
        for number in range(3):
            keep(world.employee, f"View {number}")
        first = do(world.employee, "get", f"{VIEWS}?limit=2").json()
        assert [item["name"] for item in first["items"]] == ["View 2", "View 1"]
        assert names(do(world.employee, "get", f"{VIEWS}?limit=2&cursor={first['next']}")) == ["View 0"]
        assert do(world.employee, "get", f"{VIEWS}?cursor=nonsense").status_code == 422

    def test_saves(self, world: World, do: Any) -> None:
        answer = do(
            world.member,
            "post",
            VIEWS,
            list="catalogue",
            name=" Welds ",
            query="page=3&q=weld",
            community="vault",
            is_followed=True,
        )
        assert answer.status_code == 201
        item = answer.json()
        assert (item["name"], item["query"], item["is_followed"]) == ("Welds", "q=weld", True)
        assert item["community"]["slug"] == "vault"
        assert item["html_url"].endswith("/catalogue/?q=weld")
        assert do(world.member, "get", f"{VIEWS}/{item['id']}").json() == item

    @pytest.mark.parametrize(
        ("wrong", "at"),
        [
            ({"name": "  "}, "body.name"),
            ({"name": "a\x00b"}, "body.name"),
            ({"name": "x" * 101}, "body.name"),
            ({"list": "secrets"}, "body.list"),
            ({"query": "q" * 3000}, "body.query"),
            ({"community": "boardroom"}, "body.community"),
            ({"community": "never-was"}, "body.community"),
        ],
    )
    def test_says_what_is_wrong(self, world: World, do: Any, wrong: dict[str, Any], at: str) -> None:
        answer = do(world.employee, "post", VIEWS, **{"list": "people", "name": "Mine", **wrong})
        assert answer.status_code == 422
        assert [error["at"] for error in answer.json()["errors"]] == [at]
        assert not SavedView.objects.exists()

    def test_does_not_replace_unasked(self, world: World, do: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        keep(world.employee, "Mine", query="q=one")
        assert do(world.employee, "post", VIEWS, list="catalogue", name="Mine").status_code == 409
        assert SavedView.objects.get().query == "q=one"
        monkeypatch.setattr(saved_views, "MOST", 1)
        assert do(world.employee, "post", VIEWS, list="catalogue", name="More").status_code == 409

    def test_changes_what_is_given_and_nothing_else(self, world: World, do: Any) -> None:
        view = keep(world.member, "Mine", query="q=one", community=world.open)
        path = f"{VIEWS}/{view.public_id}"
        item = do(world.member, "patch", path, name="Still mine").json()
        assert (item["name"], item["query"], item["community"]["slug"]) == ("Still mine", "q=one", "workshop")
        item = do(world.member, "patch", path, query="q=two", community=None, is_followed=True).json()
        assert (item["query"], item["community"], item["is_followed"]) == ("q=two", None, True)
        keep(world.member, "Taken")
        answer = do(world.member, "patch", path, is_followed=False, name="Taken")
        assert answer.status_code == 409
        assert do(world.member, "get", path).json() == item

    def test_of_anothers_view_one_may_only_follow(self, world: World, do: Any) -> None:
        path = f"{VIEWS}/{keep(world.lead, 'Ours', community=world.open).public_id}"
        assert do(world.member, "patch", path, is_followed=True).json()["is_followed"] is True
        assert do(world.member, "patch", path, is_followed=False, name="Mine").status_code == 403
        assert do(world.member, "get", path).json()["is_followed"] is True
        assert do(world.member, "delete", path).status_code == 403
        for method in ("get", "patch", "delete"):
            assert do(world.employee, method, path).status_code == 404

    def test_removes(self, world: World, do: Any) -> None:
        own = f"{VIEWS}/{keep(world.member, 'Mine', community=world.open).public_id}"
        assert do(world.lead, "delete", own).status_code == 204
        assert SavedView.objects.get().community is None
        assert do(world.lead, "delete", own).status_code == 404
        assert do(world.member, "delete", own).status_code == 204
        assert do(world.member, "get", own).status_code == 404

    def test_a_community_that_one_has_left_is_not_named(self, world: World, do: Any) -> None:
        keep(world.member, "Mine", community=world.classified)
        membership = Membership.objects.get(user=world.member, community=world.classified)
        memberships.leave(user=membership.user, community=membership.community)
        (item,) = do(world.member, "get", VIEWS).json()["items"]
        assert item["community"] is None


class TestReadingList:
    def test_puts_and_takes_off_however_often(self, world: World, do: Any) -> None:
        path = f"{READING}/{world.entries['workshop-open'].key}"
        for _time in range(2):
            assert do(world.employee, "put", path).status_code == 204
        (item,) = do(world.employee, "get", READING).json()["items"]
        assert (item["title"], item["lang"], item["progress"]) == ("Title of workshop-open", "en", 0)
        assert do(world.colleague, "get", READING).json()["items"] == []
        for _time in range(2):
            assert do(world.employee, "delete", path).status_code == 204
        assert do(world.employee, "get", READING).json()["items"] == []

    @pytest.mark.parametrize("slug", ["workshop-closed", "boardroom-open", "vault-open", "draft"])
    def test_what_one_may_not_see_is_not_there(self, world: World, do: Any, slug: str) -> None:
        assert do(world.employee, "put", f"{READING}/{world.entries[slug].key}").status_code == 404
        assert not KeptEntry.objects.exists()

    def test_what_was_closed_since_stays_away_and_can_be_taken_off(self, world: World, do: Any) -> None:
        entry = world.entries["workshop-open"]
        readings.keep(user=world.employee, entry=entry)
        entry.access = Access.CLOSED
        entry.save()
        assert do(world.employee, "get", READING).json()["items"] == []
        assert do(world.employee, "delete", f"{READING}/{entry.key}").status_code == 204
        assert not KeptEntry.objects.exists()

    def test_pages(self, world: World, do: Any) -> None:
        for number in range(3):
            readings.keep(user=world.employee, entry=worlds.entry(f"kept-{number}", world.open, world.lead))
        first = do(world.employee, "get", f"{READING}?limit=2").json()
        assert [item["title"] for item in first["items"]] == ["Title of kept-2", "Title of kept-1"]
        second = do(world.employee, "get", f"{READING}?limit=2&cursor={first['next']}").json()
        assert [item["title"] for item in second["items"]] == ["Title of kept-0"]


class TestWhoMayChange:
    def test_no_session_and_no_token_that_only_reads(self, world: World, sign_in: Any, token: Any) -> None:
        path = f"{READING}/{world.entries['workshop-open'].key}"
        assert sign_in(world.employee).put(path).status_code == 401
        text = token(world.employee, "own:read", "content:read")
        assert Client().put(path, headers={"Authorization": f"Bearer {text}"}).status_code == 403
        assert not KeptEntry.objects.exists()


@pytest.mark.slow
@pytest.mark.parametrize("path", [VIEWS, READING])
def test_cost(world: World, ask: Any, path: str) -> None:
    counts = []
    for number in (2, 12):
        for at in range(number):
            keep(world.member, f"View {number} {at}", community=world.open)
            readings.keep(
                user=world.member, entry=worlds.entry(f"kept-{number}-{at}", world.open, world.lead)
            )
        ask(world.member, f"{path}?limit=100")
        with CaptureQueriesContext(connection) as queries:
            ask(world.member, f"{path}?limit=100")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 5
