from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from people.models import User
from search import indexing
from tests import world as worlds
from tests.search.contract import HOSTILE
from tests.world import World

pytestmark = pytest.mark.django_db

SignIn = Callable[[User | None], Client]


class TestSearch:
    def test_visitors_are_asked_to_sign_in(self, db: None, client: Client) -> None:
        for path in ("/search/?q=secret", "/search/suggest/?q=secret"):
            answer = client.get(path)
            assert answer.status_code == 302
            assert answer.headers["Location"].startswith("/accounts/login/")

    @pytest.mark.slow
    def test_shows_and_counts_what_each_may_see(self, world: World, sign_in: SignIn) -> None:
        indexing.rebuild()
        for role, user in world.people.items():
            if user is None:
                continue
            client = sign_in(user)
            page = client.get("/search/?q=title").content.decode()
            suggested = client.get("/search/suggest/?q=titl").content.decode()
            for slug, entry in world.entries.items():
                may = entry.published_at is not None and world.viewer(role).meets(entry.audience)
                assert (f"/{slug}/" in page) is may, (role, slug)
                assert may or f"/{slug}/" not in suggested, (role, slug)
            visible = sum(
                1
                for one in world.entries.values()
                if one.published_at and world.viewer(role).meets(one.audience)
            )
            assert f'Everything<span class="count">{visible}</span>' in page

    def test_a_kind_shows_only_that(self, world: World, sign_in: SignIn) -> None:
        indexing.rebuild()
        client = sign_in(world.employee)
        page = client.get("/search/?q=workshop&kind=community").content.decode()
        assert "/communities/workshop/" in page
        assert "/workshop-open/" not in page
        assert "Nothing of this kind" in client.get("/search/?q=workshop&kind=person").content.decode()

    def test_says_what_to_do_where_there_is_nothing(self, world: World, sign_in: SignIn) -> None:
        client = sign_in(world.employee)
        assert "What do you need to know?" in client.get("/search/").content.decode()
        assert "Nothing was found" in client.get("/search/?q=zeppelin").content.decode()

    @pytest.mark.slow
    def test_no_text_and_no_number_is_an_error(self, world: World, sign_in: SignIn) -> None:
        indexing.rebuild()
        client = sign_in(world.employee)
        for text in HOSTILE:
            for path in ("/search/", "/search/suggest/"):
                assert client.get(path, {"q": text}).status_code == 200, text
        for number in ("0", "-1", "x", "99999999999999999999", "²", "1.5"):
            assert client.get("/search/", {"q": "title", "page": number, "kind": "nope"}).status_code == 200

    def test_what_is_typed_and_titles_are_escaped(self, world: World, sign_in: SignIn) -> None:
        worlds.entry("scripted", world.open, world.lead, title="<script>alert(1)</script> valve")
        indexing.rebuild()
        client = sign_in(world.employee)
        for path in ("/search/", "/search/suggest/"):
            text = client.get(path, {"q": "valve"}).content.decode()
            assert "<script>alert" not in text
            assert "&lt;" in text
        assert '"><img' not in client.get("/search/", {"q": '"><img src=x>'}).content.decode()

    @pytest.mark.slow
    def test_number_of_queries_does_not_grow(self, world: World, sign_in: SignIn) -> None:
        client = sign_in(world.employee)
        counts = []
        for more in (1, 9):
            for number in range(more):
                worlds.entry(
                    f"nut-{more}-{number}", world.open, world.lead, title=f"Nut workshop emil {number}"
                )
            indexing.rebuild()
            client.get("/search/?q=workshop")
            with CaptureQueriesContext(connection) as queries:
                client.get("/search/?q=workshop")
            counts.append(len(queries))
        assert counts[0] == counts[1]
        assert counts[0] <= 8

    def test_asking_too_often_is_told(self, world: World, sign_in: SignIn, settings: Any) -> None:
        settings.RATE_LIMITS = {**settings.RATE_LIMITS, "search": "2/hour", "suggest": "2/hour"}
        client = sign_in(world.employee)
        for path in ("/search/?q=a", "/search/suggest/?q=a"):
            assert [client.get(path).status_code for _time in range(3)] == [200, 200, 429]
            assert int(client.get(path).headers["Retry-After"]) > 0
