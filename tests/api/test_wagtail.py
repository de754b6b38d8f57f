"""Wagtail's read API under our audiences."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from knowledge.models import CommunityPage, EntryPage
from people.models import Community, Document, Image
from search import indexing
from tests import world as worlds
from tests.world import World

pytestmark = pytest.mark.django_db

PAGES = "/api/v2/pages/"


def slugs(answer: Any) -> set[str]:
    return {item["meta"]["slug"] for item in answer.json()["items"]}


class TestPages:
    @pytest.mark.slow
    def test_each_gets_what_they_may_see_and_no_more(self, world: World, ask: Any) -> None:
        indexing.rebuild()
        for role, user in world.people.items():
            if user is None:
                continue
            viewer = world.viewer(role)
            entries = set(EntryPage.objects.live().visible_to(viewer).values_list("slug", flat=True))
            known = Community.objects.visible_to(viewer)
            communities = set(CommunityPage.objects.filter(community__in=known).values_list("pk", flat=True))
            answer = ask(user, f"{PAGES}?limit=100")
            found = {item["id"] for item in answer.json()["items"]}
            assert found & set(EntryPage.objects.values_list("pk", flat=True)) == set(
                EntryPage.objects.filter(slug__in=entries).values_list("pk", flat=True)
            ), role
            assert found & set(CommunityPage.objects.values_list("pk", flat=True)) == communities, role
            assert answer.json()["meta"]["total_count"] == len(found)
            assert "classified" not in {item["title"].lower() for item in answer.json()["items"]}
            listed = slugs(ask(user, f"{PAGES}?type=knowledge.BestPracticePage&limit=100"))
            assert listed == entries, role
            assert slugs(ask(user, f"{PAGES}?search=title&limit=100")) & entries == entries
            assert slugs(ask(user, f"{PAGES}?search=title&limit=100")) <= entries, role

    @pytest.mark.slow
    def test_no_way_round_leads_to_a_hidden_page(self, world: World, ask: Any) -> None:
        hidden = EntryPage.objects.get(slug="vault-open")
        parent = CommunityPage.objects.get(community=world.classified, locale__language_code="en")
        draft = EntryPage.objects.get(slug="draft")
        for page in (hidden, parent, draft):
            assert ask(world.employee, f"{PAGES}{page.pk}/").status_code == 404
            for query in (
                f"translation_of={page.pk}",
                f"child_of={page.pk}",
                f"descendant_of={page.pk}",
                f"ancestor_of={page.pk}",
            ):
                answer = ask(world.employee, f"{PAGES}?{query}")
                assert answer.status_code == 400 or answer.json()["items"] == [], query
            assert ask(world.employee, f"{PAGES}find/?id={page.pk}").status_code == 404
        root = CommunityPage.objects.get(community=world.open, locale__language_code="en").get_parent()
        assert not slugs(ask(world.employee, f"{PAGES}?descendant_of={root.pk}&limit=100")) & {
            "vault-open",
            "draft",
        }

    def test_links_to_what_is_hidden_are_their_text(self, world: World, ask: Any) -> None:
        hidden = EntryPage.objects.get(slug="vault-open")
        body = [("text", f'<p>See <a linktype="page" id="{hidden.pk}">the method</a>.</p>')]
        entry = worlds.entry("linking", world.open, world.lead, body=body)
        page = EntryPage.objects.get(entry=entry)
        outside = ask(world.employee, f"{PAGES}{page.pk}/").json()
        assert "the method" in outside["html"]
        assert "vault-open" not in str(outside)
        assert [block["value"] for block in outside["body"]] == ["<p>See the method.</p>"]
        assert "vault-open" in ask(world.member, f"{PAGES}{page.pk}/").json()["html"]

    def test_detail_has_our_fields(self, world: World, ask: Any) -> None:
        entry = world.entries["workshop-open"]
        page = EntryPage.objects.get(entry=entry)
        detail = ask(world.employee, f"{PAGES}{page.pk}/").json()
        assert detail["key"] == str(entry.key)
        assert detail["kind"] == "best_practice"
        assert detail["community"] == "workshop"
        assert detail["body"][0]["type"] == "text"
        assert detail["meta"]["html_url"].endswith("/en/communities/workshop/workshop-open/")

    @pytest.mark.parametrize(
        "query",
        [
            "find/?id=x",
            "find/?id=",
            "find/?id=%E2%91%A1",
            f"?offset={'9' * 30}",
            "?first_published_at=x",
            "?search=title&search_operator=xor",
            "?slug=%00",
        ],
    )
    def test_nonsense_is_a_bad_request(self, world: World, ask: Any, query: str) -> None:
        assert ask(world.employee, PAGES + query).status_code == 400

    def test_limit_is_bounded(self, world: World, ask: Any) -> None:
        assert ask(world.employee, f"{PAGES}?limit=101").status_code == 400
        assert ask(world.employee, f"{PAGES}?limit=-1").status_code == 400
        assert ask(world.employee, f"{PAGES}?slug=%00").status_code == 400

    @pytest.mark.slow
    def test_number_of_queries_does_not_grow(self, world: World, ask: Any) -> None:
        counts = []
        path = f"{PAGES}?limit=100"
        for more in (0, 8):
            for number in range(more):
                worlds.entry(f"more-{number}", world.open, world.lead)
            ask(world.employee, path)
            with CaptureQueriesContext(connection) as queries:
                ask(world.employee, path)
            counts.append(len(queries))
        assert counts[0] == counts[1]


class TestFiles:
    @pytest.mark.slow
    def test_each_gets_what_they_may_fetch(self, world: World, ask: Any) -> None:
        for where in (world.open, world.closed, world.classified):
            worlds.picture(f"picture-{where.slug}", where)
            worlds.document(f"document-{where.slug}", where)
        for role, user in world.people.items():
            if user is None:
                continue
            viewer = world.viewer(role)
            for model, path in ((Image, "/api/v2/images/"), (Document, "/api/v2/documents/")):
                visible = set(model.objects.visible_to(viewer).values_list("title", flat=True))
                answer = ask(user, path)
                assert {item["title"] for item in answer.json()["items"]} == visible, (role, path)
                assert answer.json()["meta"]["total_count"] == len(visible)
                for row in model.objects.all():
                    wanted = 200 if row.title in visible else 404
                    assert ask(user, f"{path}{row.pk}/").status_code == wanted

    def test_addresses_are_those_of_the_views_that_ask(self, world: World, ask: Any) -> None:
        picture = worlds.picture("picture", world.open)
        worlds.document("document", world.open)
        item = ask(world.employee, "/api/v2/images/").json()["items"][0]
        assert str(picture.public_id) in item["meta"]["download_url"]
        assert "/media/" not in item["meta"]["download_url"]
        item = ask(world.employee, "/api/v2/documents/").json()["items"][0]
        assert "/documents/" in item["meta"]["download_url"]

    def test_number_of_queries_does_not_grow(self, world: World, ask: Any) -> None:
        counts = []
        for number in range(6):
            image = worlds.picture(f"picture-{number}", world.open)
            image.tags.add(f"tag-{number}")
            if number in (1, 5):
                ask(world.employee, "/api/v2/images/")
                with CaptureQueriesContext(connection) as queries:
                    ask(world.employee, "/api/v2/images/")
                counts.append(len(queries))
        assert counts[0] == counts[1]
