from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from knowledge.choices import Difficulty
from knowledge.models import Entry, EntryPage, WikiPage
from people.models import Community, Competence
from tests import world as worlds
from tests.world import World

pytestmark = pytest.mark.django_db

ENTRIES = "/api/v1/entries"


def everything(ask: Any, user: Any, path: str) -> list[dict[str, Any]]:
    """All items of a list, page after page."""
    items: list[dict[str, Any]] = []
    cursor = None
    while True:
        answer = ask(user, path + (f"&cursor={cursor}" if cursor else "")).json()
        items += answer["items"]
        cursor = answer["next"]
        if cursor is None:
            return items


class TestList:
    def test_each_gets_what_they_may_see_and_no_more(self, world: World, ask: Any) -> None:
        for role, user in world.people.items():
            if user is None:
                continue
            visible = Entry.objects.published().visible_to(world.viewer(role))
            items = everything(ask, user, f"{ENTRIES}?limit=3")
            assert sorted(item["slug"] for item in items) == sorted(visible.values_list("slug", flat=True)), (
                role
            )

    def test_pages_neither_repeat_nor_skip_while_entries_come(self, world: World, ask: Any) -> None:
        for number in range(5):
            worlds.entry(f"paged-{number}", world.open, world.lead)
        before = {item["id"] for item in everything(ask, world.employee, f"{ENTRIES}?limit=100")}
        first = ask(world.employee, f"{ENTRIES}?limit=2").json()
        worlds.entry("newcomer", world.open, world.lead)
        rest = everything(ask, world.employee, f"{ENTRIES}?limit=2&cursor={first['next']}&x=1")
        seen = [item["id"] for item in first["items"] + rest]
        assert len(seen) == len(set(seen))
        assert set(seen) >= before

    def test_filters(self, world: World, ask: Any) -> None:
        competence = Competence.add_root(name_en="Rotating equipment", slug="rotating")
        below = competence.add_child(name_en="Pumps", slug="pumps")
        entry = worlds.entry("wiki-ru", world.open, world.lead, kind=WikiPage, language="ru", title="Насос")
        entry.enterprise = world.enterprise
        entry.difficulty = Difficulty.ADVANCED
        entry.competences.set([below])
        entry.save()
        page = EntryPage.objects.get(entry=entry).specific
        page.tags.add("hydraulics")
        page.save_revision().publish()
        for query in (
            "kind=wiki",
            "kind=wiki&kind=blog",
            "language=ru",
            "enterprise=pumps",
            "competence=pumps",
            "competence=rotating",
            "difficulty=advanced",
            "tag=hydraulics",
            "community=workshop&language=ru",
        ):
            items = ask(world.employee, f"{ENTRIES}?{query}").json()["items"]
            assert [item["slug"] for item in items] == ["wiki-ru"], query
        for query in ("community=nowhere", "tag=nothing", "competence=x", "enterprise=x", "community=vault"):
            assert ask(world.employee, f"{ENTRIES}?{query}").json() == {"items": [], "next": None}, query
        item = items[0]
        assert item["competences"] == ["pumps"]
        assert item["tags"] == ["hydraulics"]
        assert item["enterprise"]["slug"] == "pumps"

    def test_what_changed_since_comes_oldest_first(self, world: World, ask: Any) -> None:
        EntryPage.objects.update(last_published_at="2026-01-01T00:00:00Z")
        for number, slug in enumerate(("workshop-open", "draft"), start=1):
            EntryPage.objects.filter(slug=slug).update(last_published_at=f"2026-02-0{number}T00:00:00Z")
        items = ask(world.employee, f"{ENTRIES}?updated_since=2026-01-02T00:00:00Z").json()["items"]
        assert [item["slug"] for item in items] == ["workshop-open"]
        assert items[0]["updated_at"] == "2026-02-01T00:00:00Z"

    def test_nonsense_is_told_apart(self, world: World, ask: Any) -> None:
        for query in (
            "limit=0",
            "limit=101",
            "limit=x",
            "kind=novel",
            "language=xx",
            "difficulty=hard",
            "updated_since=yesterday",
            "community=%00",
            "tag=%00",
            "cursor=%%%",
            "cursor=bm9wZQ",
            "cursor=WyJhIiwgImIiXQ",
            "cursor=W1tdLCB7fV0",
            "cursor=W251bGwsIG51bGxd",
        ):
            answer = ask(world.employee, f"{ENTRIES}?{query}")
            assert answer.status_code == 422, query
            assert answer.headers["Content-Type"] == "application/problem+json"
            assert answer.json()["status"] == 422

    @pytest.mark.slow
    def test_number_of_queries_does_not_grow(self, world: World, ask: Any) -> None:
        counts = []
        for more in (0, 12):
            for number in range(more):
                worlds.entry(f"more-{number}", world.open, world.lead)
            ask(world.employee, f"{ENTRIES}?limit=100")
            with CaptureQueriesContext(connection) as queries:
                ask(world.employee, f"{ENTRIES}?limit=100")
            counts.append(len(queries))
        assert counts[0] == counts[1]
        # Three for the list, one for the token.
        assert counts[0] <= 4


class TestDetail:
    def test_shows_the_body_as_data_and_as_html(self, world: World, ask: Any) -> None:
        entry = world.entries["workshop-open"]
        answer = ask(world.employee, f"{ENTRIES}/{entry.key}/en")
        detail = answer.json()
        assert answer.status_code == 200
        assert detail["id"] == f"{entry.key}.en"
        assert detail["blocks"][0]["type"] == "text"
        assert "Body of workshop-open" in detail["html"]
        assert detail["translations"][0]["lang"] == "en"
        assert detail["html_url"].endswith("/en/communities/workshop/workshop-open/")
        assert detail["owner"]["name"] == "Lena Lead"

    def test_without_a_language_takes_the_readers(self, world: World, ask: Any) -> None:
        entry = world.entries["workshop-open"]
        worlds.entry("open-ru", world.open, world.lead, language="ru", translation_of=entry)
        for wanted, given in (("ru", "ru"), ("en", "en"), ("he", "en")):
            answer = ask(world.employee, f"{ENTRIES}/{entry.key}", **{"Accept-Language": wanted})
            assert answer.json()["lang"] == given
            assert [one["lang"] for one in answer.json()["translations"]] == ["en", "ru"]

    @pytest.mark.slow
    def test_status_for_each(self, world: World, ask: Any) -> None:
        for role, user in world.people.items():
            viewer = world.viewer(role)
            visible = set(Entry.objects.published().visible_to(viewer).values_list("pk", flat=True))
            for entry in world.entries.values():
                for path in (f"{ENTRIES}/{entry.key}", f"{ENTRIES}/{entry.key}/en"):
                    wanted = 401 if user is None else 200 if entry.pk in visible else 404
                    assert ask(user, path).status_code == wanted, (role, entry.slug)
            for path in (f"{ENTRIES}/{entry.key}/he", f"{ENTRIES}/01a20323-157b-7761-94d6-3b2055c7c622"):
                assert ask(user, path).status_code == (401 if user is None else 404)

    def test_leaves_out_files_that_the_reader_may_not_fetch(self, world: World, ask: Any) -> None:
        entry = world.entries["workshop-open"]
        page = EntryPage.objects.get(entry=entry).specific
        page.attachments.create(document=worlds.document("secret.txt", world.classified), sort_order=0)
        page.attachments.create(document=worlds.document("plain.txt", world.open), sort_order=1)
        page.cover = worlds.picture("secret-cover", world.classified)
        page.save_revision().publish()
        detail = ask(world.employee, f"{ENTRIES}/{entry.key}").json()
        assert [one["title"] for one in detail["attachments"]] == ["plain.txt"]
        assert detail["cover"] is None


class TestOthers:
    def test_communities_follow_what_one_may_know(self, world: World, ask: Any) -> None:
        for role, user in world.people.items():
            if user is None:
                continue
            known = Community.objects.active().visible_to(world.viewer(role))
            items = ask(user, "/api/v1/communities").json()["items"]
            assert [item["slug"] for item in items] == sorted(known.values_list("slug", flat=True)), role
        assert ask(world.employee, "/api/v1/communities/vault").status_code == 404
        assert ask(world.employee, "/api/v1/communities/boardroom").status_code == 200
        assert ask(world.member, "/api/v1/communities/vault").json()["leads"][0]["name"] == "Lena Lead"

    def test_competences_are_a_tree_that_names_no_hidden_community(self, world: World, ask: Any) -> None:
        root = Competence.add_root(name_en="Root", slug="root", community=world.classified)
        root.add_child(name_en="Leaf", slug="leaf", community=world.open)
        tree = ask(world.employee, "/api/v1/competences").json()["items"]
        assert tree[0]["community"] is None
        assert tree[0]["children"][0]["parent"] == "root"
        assert tree[0]["children"][0]["community"] == "workshop"
        assert ask(world.member, "/api/v1/competences").json()["items"][0]["community"] == "vault"

    def test_me(self, world: World, ask: Any) -> None:
        me = ask(world.member, "/api/v1/me").json()
        assert me["name"] == "Max Member"
        assert [row["community"]["slug"] for row in me["memberships"]] == ["boardroom", "vault", "workshop"]
        assert me["scopes"] == ["content:read", "own:read", "profile:read"]
