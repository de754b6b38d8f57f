"""Who is let in, and how refusals, unchanged answers and limits are told."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from cms.api import api
from core import clock, rates
from people.choices import SavedList
from people.models import ClientToken
from people.services import saved_views
from tests.knowledge.ledger import money, recorded
from tests.world import World

pytestmark = pytest.mark.django_db

# Every operation that reads, and the scope that a token needs for it.
SCOPES = {
    "/api/v1/me": "profile:read",
    "/api/v1/communities": "content:read",
    "/api/v1/communities/workshop": "content:read",
    "/api/v1/competences": "content:read",
    "/api/v1/entries": "content:read",
    "/api/v1/entries/{key}": "content:read",
    "/api/v1/entries/{key}/en": "content:read",
    "/api/v1/entries/{key}/replications": "content:read",
    "/api/v1/replications": "content:read",
    "/api/v1/replications/{public_id}": "content:read",
    "/api/v1/search?q=title": "content:read",
    "/api/v1/suggest?q=tit": "content:read",
    "/api/v1/saved-views": "own:read",
    "/api/v1/saved-views/{view_id}": "own:read",
    "/api/v1/reading-list": "own:read",
    "/api/v2/pages/": "content:read",
    "/api/v2/images/": "content:read",
    "/api/v2/documents/": "content:read",
}

# Every operation that changes something; see test_own.py.
CHANGES = {
    ("/api/v1/saved-views", "post"),
    ("/api/v1/saved-views/{public_id}", "patch"),
    ("/api/v1/saved-views/{public_id}", "delete"),
    ("/api/v1/reading-list/{key}", "put"),
    ("/api/v1/reading-list/{key}", "delete"),
}


@pytest.fixture
def paths(world: World) -> dict[str, str]:
    entry = world.entries["workshop-open"]
    record = recorded(entry, "steel", money(1000))
    view = saved_views.keep(owner=world.employee, name="Mine", to=SavedList.CATALOGUE, query="", follow=False)
    keys = {"key": entry.key, "public_id": record.public_id, "view_id": view.public_id}
    return {path.format(**keys): scope for path, scope in SCOPES.items()}


def test_every_operation_is_tested_here() -> None:
    described = {path.partition("?")[0] for path in SCOPES if path.startswith("/api/v1/")}
    names = {"workshop": "{slug}", "en": "{lang}", "{view_id}": "{public_id}"}
    told = {"/".join(names.get(part, part) for part in path.split("/")) for path in described}
    paths = api.get_openapi_schema()["paths"]
    assert {path for path, operations in paths.items() if "get" in operations} == told
    changes = {(path, method) for path, operations in paths.items() for method in operations} - {
        (path, "get") for path in told
    }
    assert changes == CHANGES


class TestWhoAsks:
    def test_nobody_gets_401_and_is_told_how(self, paths: dict[str, str]) -> None:
        for path in paths:
            answer = Client().get(path)
            assert answer.status_code == 401, path
            assert answer.headers["Content-Type"] == "application/problem+json"
            assert answer.headers["WWW-Authenticate"].startswith("Bearer")

    @pytest.mark.slow
    def test_a_token_opens_what_its_scope_says(self, world: World, paths: dict[str, str], token: Any) -> None:
        texts = {
            scope: token(world.employee, scope)
            for scope in ("profile:read", "content:read", "people:read", "own:read", "own:write")
        }
        for path, scope in paths.items():
            for given, text in texts.items():
                answer = Client().get(path, headers={"Authorization": f"Bearer {text}"})
                assert answer.status_code == (200 if given == scope else 403), (path, given)

    def test_a_session_may_read(self, world: World, paths: dict[str, str], sign_in: Any) -> None:
        client = sign_in(world.employee)
        for path in paths:
            assert client.get(path).status_code == 200, path

    def test_a_bad_token_is_refused_even_with_a_session(
        self, world: World, paths: dict[str, str], sign_in: Any
    ) -> None:
        client = sign_in(world.employee)
        for path in paths:
            for header in ("Bearer nonsense", "Bearer ", "Bearer gh_" + "x" * 5000):
                assert client.get(path, headers={"Authorization": header}).status_code == 401, (
                    path,
                    header[:20],
                )

    def test_revoked_expired_and_left_behind_tokens_are_worthless_at_once(
        self, world: World, ask: Any
    ) -> None:
        assert ask(world.employee, "/api/v1/me").status_code == 200
        found = ClientToken.objects.get(user=world.employee)
        found.expires_at = clock.now() - timedelta(seconds=1)
        found.save()
        assert ask(world.employee, "/api/v1/me").status_code == 401
        ClientToken.objects.update(expires_at=clock.now() + timedelta(days=1), revoked_at=clock.now())
        assert ask(world.employee, "/api/v1/me").status_code == 401
        ClientToken.objects.update(revoked_at=None)
        assert ask(world.employee, "/api/v1/me").status_code == 200
        world.employee.is_active = False
        world.employee.save()
        assert ask(world.employee, "/api/v1/me").status_code == 401


class TestRefusals:
    @pytest.mark.parametrize("path", ["/api/", "/api/v1/", "/api/v1/nothing", "/api/v2/nothing/", "/api/v9/"])
    def test_unknown_addresses_are_problems(self, db: None, path: str) -> None:
        answer = Client().get(path)
        assert answer.status_code == 404
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json()["title"] == "Not Found"

    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
    def test_other_methods_are_problems(
        self, paths: dict[str, str], world: World, token: Any, method: str
    ) -> None:
        text = token(world.employee)
        for path, scope in paths.items():
            if scope == "own:read":
                continue
            answer = getattr(Client(), method)(path, headers={"Authorization": f"Bearer {text}"})
            assert answer.status_code == 405, path
            assert answer.headers["Content-Type"] == "application/problem+json"
            assert "GET" in answer.headers["Allow"]


class TestUnchanged:
    @pytest.mark.slow
    def test_an_answer_that_is_known_is_not_sent_again(
        self, world: World, paths: dict[str, str], ask: Any
    ) -> None:
        for path in paths:
            if path.startswith("/api/v2/"):
                continue
            first = ask(world.employee, path)
            assert first.headers["Cache-Control"] == "private, no-cache"
            assert "Authorization" in first.headers["Vary"]
            again = ask(world.employee, path, **{"If-None-Match": first.headers["ETag"]})
            assert (again.status_code, again.content) == (304, b""), path

    def test_a_change_is_sent(self, world: World, ask: Any) -> None:
        first = ask(world.employee, "/api/v1/me")
        world.employee.job = "Fitter"
        world.employee.save()
        again = ask(world.employee, "/api/v1/me", **{"If-None-Match": first.headers["ETag"]})
        assert again.status_code == 200
        assert again.json()["job"] == "Fitter"


class TestLimits:
    def test_lets_through_exactly_as_many_as_it_says(self, world: World, ask: Any, settings: Any) -> None:
        settings.RATE_LIMITS = {**settings.RATE_LIMITS, "api": "3/hour"}
        statuses = [ask(world.employee, "/api/v1/me").status_code for _number in range(5)]
        assert statuses == [200, 200, 200, 429, 429]
        refused = ask(world.employee, "/api/v1/me")
        assert 0 < int(refused.headers["Retry-After"]) <= 3600
        assert refused.headers["Content-Type"] == "application/problem+json"
        assert ask(world.member, "/api/v1/me").status_code == 200

    def test_a_store_that_is_away_refuses_nobody(self, settings: Any) -> None:
        settings.RATE_LIMIT_STORAGE = "redis://127.0.0.1:1"
        rates.forget()
        assert rates.seconds_to_wait("api", "somebody") == 0
        rates.forget()
