from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from knowledge.models import EntryAttachment, EntryPage, SuccessStoryPage
from people.models import User
from search import engine, indexing
from search.choices import TextState
from search.models import DocumentText, LoggedQuery
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


class TestLog:
    def test_a_search_is_kept_once_and_what_was_opened_with_it(self, world: World, sign_in: SignIn) -> None:
        worlds.entry("valve", world.open, world.lead, title="Copper valve")
        indexing.rebuild()
        client = sign_in(world.employee)
        page = client.get("/search/?q=Copper+valve").content.decode()
        client.get("/search/?q=Copper+valve&page=2")
        client.get("/search/?q=Copper+valve&kind=entry")
        client.head("/search/?q=Copper+valve")
        logged = LoggedQuery.objects.get()
        assert (logged.text, logged.user, logged.found) == ("Copper valve", world.employee, 1)
        address = reverse("search_opened", args=[logged.public_id])
        assert f'data-opened="{address}"' in page
        assert client.post(address, {"rank": "2"}).status_code == 204
        logged.refresh_from_db()
        assert logged.opened_rank == 2
        assert sign_in(world.colleague).post(address, {"rank": "1"}).status_code == 404

    @pytest.mark.parametrize("rank", ["", "0", "-1", "x", "99999", "²"])
    def test_no_place_is_an_error_of_ours(self, world: World, sign_in: SignIn, rank: str) -> None:
        address = reverse("search_opened", args=["0198c0de-7a31-7c55-8f00-3b2f5d1c9a10"])
        assert sign_in(world.employee).post(address, {"rank": rank}).status_code == 400

    def test_is_told_by_post_alone(self, world: World, sign_in: SignIn) -> None:
        address = reverse("search_opened", args=["0198c0de-7a31-7c55-8f00-3b2f5d1c9a10"])
        assert sign_in(world.employee).get(address).status_code == 405


class TestNarrowing:
    def test_filters_are_offered_kept_and_taken_back(self, world: World, sign_in: SignIn) -> None:
        worlds.entry("one", world.open, world.lead, title="Copper wire")
        worlds.entry("two", world.closed, world.lead, title="Copper pipe")
        indexing.rebuild()
        client = sign_in(world.lead)
        page = client.get("/search/?q=copper").content.decode()
        assert 'name="community" value="workshop"' in page
        narrowed = client.get("/search/?q=copper&community=workshop").content.decode()
        assert "/one/" in narrowed
        assert "/two/" not in narrowed
        assert 'value="workshop" checked' in narrowed
        assert 'href="/search/?q=copper"' in narrowed

    def test_counts_and_pages_are_of_what_was_asked_for(self, world: World, sign_in: SignIn) -> None:
        for number in range(engine.PAGE_SIZE + 2):
            worlds.entry(f"wire-{number}", world.open, world.lead, title=f"Workshop wire {number}")
        worlds.entry("story", world.open, world.lead, title="Workshop wire", kind=SuccessStoryPage)
        indexing.rebuild()
        client = sign_in(world.employee)
        assert ">1 result<" in client.get("/search/?q=wire+kind:success_story").content.decode()
        assert ">1 result<" in client.get("/search/?q=workshop+kind:community").content.decode()
        last = client.get("/search/?q=wire&page=9999").content.decode()
        assert f">{engine.PAGE_SIZE + 3} results<" in last
        assert last.count('<li class="result">') == 3, "behind the last page is the last one"

    def test_a_filter_that_does_not_exist_is_left_out_and_that_is_said(
        self, world: World, sign_in: SignIn
    ) -> None:
        worlds.entry("one", world.open, world.lead, title="Copper wire")
        indexing.rebuild()
        page = sign_in(world.employee).get(
            "/search/?q=copper&community=nowhere&year=99999999999999999999&language=xx"
        )
        text = page.content.decode()
        assert "These filters do not exist and were left out: nowhere, xx, 99999999999999999999" in text
        assert "/one/" in text

    def test_the_name_of_a_community_that_one_may_not_know_is_not_told(
        self, world: World, sign_in: SignIn
    ) -> None:
        indexing.rebuild()
        text = sign_in(world.employee).get("/search/?q=title&community=vault").content.decode()
        assert "Vault" not in text


class TestInFiles:
    def test_what_stands_in_a_file_leads_to_it(self, world: World, sign_in: SignIn) -> None:
        entry = worlds.entry("one", world.open, world.lead, title="Copper wire")
        document = worlds.document("Torque table", world.open)
        page = EntryPage.objects.get(entry=entry)
        EntryAttachment.objects.create(page=page, document=document)
        DocumentText.objects.update_or_create(
            document=document,
            defaults={
                "file": document.file.name,
                "state": TextState.KNOWN,
                "text": "Tighten the zirconium <bolts> twice.",
                "characters": 36,
            },
        )
        indexing.rebuild()
        text = sign_in(world.employee).get("/search/?q=zirconium").content.decode()
        assert f'<a href="{document.url}"><bdi>Torque table</bdi></a>' in text
        assert "Tighten the <mark>zirconium</mark> &lt;bolts&gt; twice." in text

    def test_a_file_that_one_may_not_open_is_not_named(self, world: World, sign_in: SignIn) -> None:
        entry = worlds.entry("one", world.open, world.lead, body=[("text", "<p>Zirconium</p>")])
        document = worlds.document("Torque zirconium", world.classified)
        EntryAttachment.objects.create(page=EntryPage.objects.get(entry=entry), document=document)
        indexing.rebuild()
        text = sign_in(world.employee).get("/search/?q=zirconium").content.decode()
        assert "/one/" in text
        assert "Torque" not in text
