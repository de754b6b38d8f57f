from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.choices import Access
from people.models import Community, Competence, User
from people.services import communities, memberships
from people.services.communities import CommunityDraft
from tests.people.services.test_communities import draft, wide_picture
from tests.world import World, community

SignIn = Callable[[User | None], Client]
FORM = {"name_en": "Welding", "description_en": "Seams", "cover_pattern": "dots", "accent": "#8A3B12"}


class TestCommunities:
    def test_shows_ones_own_first_and_nothing_classified(self, world: World, sign_in: SignIn) -> None:
        for slug in ("anvil", "zinc"):
            community(slug, world.curator)
        memberships.join(user=world.employee, community=Community.objects.get(slug="zinc"))
        memberships.join(user=world.employee, community=world.closed)
        page = sign_in(world.employee).get("/communities/").context["page"]
        assert [found.slug for found in page] == ["zinc", "boardroom", "anvil", "workshop"]
        assert b"Vault" not in sign_in(world.moderator).get("/communities/").content
        assert b"Vault" in sign_in(world.member).get("/communities/").content

    def test_is_searched_in_every_language_and_case(self, world: World, sign_in: SignIn) -> None:
        Community.objects.filter(pk=world.open.pk).update(name_ru="Безопасность труда")
        page = sign_in(world.employee).get("/communities/", {"q": "БЕЗОПАСНОСТЬ"}).context["page"]
        assert [found.slug for found in page] == ["workshop"]
        assert (
            sign_in(world.employee).get("/communities/", {"q": "vault"}).context["page"].paginator.count == 0
        )

    def test_filters_count_what_they_would_show(self, world: World, sign_in: SignIn) -> None:
        response = sign_in(world.member).get(
            "/communities/", {"access": ["closed", "nonsense"], "mine": "yes"}
        )
        assert [found.slug for found in response.context["page"]] == ["boardroom"]
        access_group = next(group for group in response.context["facets"] if group["name"] == "access")
        assert {option["value"]: option["count"] for option in access_group["options"]} == {
            "open": 1,
            "closed": 1,
            "classified": 1,
        }
        assert len(response.context["chips"]) == 2

    @pytest.mark.parametrize(
        "query", ["page=zz", "page=-1", "page=999", "q=%00", "q=((", "access=%00&state=x"]
    )
    def test_bears_nonsense(self, world: World, sign_in: SignIn, query: str) -> None:
        assert sign_in(world.employee).get(f"/communities/?{query}").status_code == 200

    @pytest.mark.slow
    def test_costs_the_same_for_two_and_twelve(self, world: World, sign_in: SignIn) -> None:
        client = sign_in(world.lead)

        def cost() -> int:
            client.get("/communities/")
            with CaptureQueriesContext(connection) as queries:
                client.get("/communities/")
            return len(queries)

        communities.set_cover(community=world.open, by=world.lead, upload=wide_picture())
        few = cost()
        for number in range(10):
            made = community(f"made-{number}", world.curator)
            Competence.add_root(slug=f"c-{number}", name_en=f"Competence {number}", community=made)
            communities.set_cover(community=made, by=world.curator, upload=wide_picture())
        assert cost() == few <= 8


class TestProposeCommunity:
    def test_from_the_form_to_the_opening(self, world: World, sign_in: SignIn) -> None:
        assert sign_in(world.expert).get("/communities/propose/").status_code == 200
        response = sign_in(world.expert).post("/communities/propose/", {**FORM, "access": "closed"})
        made = Community.objects.get(slug="welding")
        assert response.headers["Location"] == f"/communities/{made.slug}/proposal/"
        assert (made.accent, made.cover_pattern, made.access) == ("#8a3b12", "dots", "closed")
        assert b"waits for a curator" in sign_in(world.expert).get("/communities/").content
        queue = sign_in(world.curator).get("/communities/proposals/")
        assert b"Welding" in queue.content
        proposal = sign_in(world.curator).get(f"/communities/{made.slug}/proposal/")
        assert proposal.context["may_decide"]
        assert FORM["description_en"] in proposal.content.decode()
        sign_in(world.curator).post(f"/communities/{made.slug}/proposal/confirm/")
        made.refresh_from_db()
        assert made.state == "active"
        response = sign_in(world.expert).get(f"/communities/{made.slug}/proposal/")
        assert response.headers["Location"] == f"/communities/{made.slug}/"

    def test_says_what_is_missing(self, world: World, sign_in: SignIn) -> None:
        response = sign_in(world.expert).post(
            "/communities/propose/", {**FORM, "name_en": "", "accent": "red;}", "access": "secret"}
        )
        assert response.status_code == 200
        assert set(response.context["form"].errors) == {"name_en", "accent", "access"}

    def test_a_declined_one_says_why_and_can_be_taken_up(self, world: World, sign_in: SignIn) -> None:
        made = communities.propose(author=world.expert, draft=draft())
        curator = sign_in(world.curator)
        curator.post(f"/communities/{made.slug}/proposal/decline/", {"reason": " "})
        made.refresh_from_db()
        assert made.state == "proposed"
        curator.post(f"/communities/{made.slug}/proposal/decline/", {"reason": "We have Repair"})
        expert = sign_in(world.expert)
        assert b"We have Repair" in expert.get(f"/communities/{made.slug}/proposal/").content
        assert b"About seams" in expert.get(f"/communities/propose/?from={made.slug}").content
        assert (
            b"About seams"
            not in sign_in(world.curator).get(f"/communities/propose/?from={made.slug}").content
        )

    def test_doors_by_role(self, world: World, sign_in: SignIn) -> None:
        made = communities.propose(author=world.expert, draft=draft())
        paths = {
            "/communities/propose/": {"expert": 200, "employee": 403, "reservist": 403, "curator": 200},
            "/communities/proposals/": {"expert": 403, "employee": 403, "curator": 200, "moderator": 200},
            f"/communities/{made.slug}/proposal/": {
                "expert": 200,
                "employee": 404,
                "lead": 404,
                "curator": 200,
            },
        }
        for path, expected in paths.items():
            assert {who: sign_in(world.people[who]).get(path).status_code for who in expected} == expected, (
                path
            )
            assert sign_in(None).get(path).headers["Location"].startswith("/accounts/login/")
        for step in ("confirm", "decline"):
            for who, status in {"expert": 403, "employee": 404, "lead": 404}.items():
                response = sign_in(world.people[who]).post(
                    f"/communities/{made.slug}/proposal/{step}/", {"reason": "No"}
                )
                assert response.status_code == status
        made.refresh_from_db()
        assert made.state == "proposed"


class TestCoverPreview:
    def test_follows_the_form_and_bears_nonsense(self, world: World, sign_in: SignIn) -> None:
        client = sign_in(world.expert)
        asked = {"cover_pattern": "waves", "accent": "#123456", "name_en": "My <b>Forge"}
        assert b'src="/covers/waves/123456/my-bforge.svg"' in client.get("/covers/preview/", asked).content
        nonsense = client.get(
            "/covers/preview/", {"cover_pattern": "../x", "accent": "url(x)", "seed": "../"}
        )
        assert b'src="/covers/gears/0b6b6b/community.svg"' in nonsense.content

    def test_a_drawing_is_for_everybody_and_a_wrong_address_for_nobody(
        self, db: None, client: Client
    ) -> None:
        found = client.get("/covers/waves/123456/forge.svg")
        assert found.headers["Content-Type"] == "image/svg+xml"
        assert client.get("/covers/stars/123456/forge.svg").status_code == 404
        assert client.get("/covers/waves/12345/forge.svg").status_code == 404


class TestManageCommunity:
    @pytest.mark.slow
    def test_doors_by_role(self, world: World, sign_in: SignIn) -> None:
        expected = {
            "employee": 403,
            "member": 403,
            "expert": 403,
            "lead": 200,
            "curator": 200,
            "moderator": 200,
        }
        for name in ("manage_community", "change_community_access", "community_invitations"):
            path = reverse(name, args=["workshop"])
            assert {who: sign_in(world.people[who]).get(path).status_code for who in expected} == expected, (
                path
            )
            path = reverse(name, args=["vault"])
            outside = {"employee": 404, "member": 403, "curator": 404, "moderator": 404, "lead": 200}
            assert {who: sign_in(world.people[who]).get(path).status_code for who in outside} == outside, path
        for step in ("cover", "access", "archive", "reopen"):
            for who, status in {"member": 403, "employee": 404, "curator": 404}.items():
                path = f"/communities/vault/manage/{step}/"
                assert sign_in(world.people[who]).post(path, {"access": "open"}).status_code == status
        world.classified.refresh_from_db()
        assert (world.classified.access, world.classified.state) == ("classified", "active")

    def test_saves_texts_and_keeps_the_access(self, world: World, sign_in: SignIn) -> None:
        texts = {**FORM, "rules_en": "Be kind\r\nBring figures", "name_he": "ריתוך"}
        sign_in(world.lead).post("/communities/boardroom/manage/", texts)
        changed = Community.objects.get(pk=world.closed.pk)
        assert (changed.names, changed.access) == ({"en": "Welding", "he": "ריתוך"}, Access.CLOSED)
        assert changed.rule_lines == ["Be kind", "Bring figures"]

    def test_cover_goes_up_and_down_and_says_why_not(self, world: World, sign_in: SignIn) -> None:
        client = sign_in(world.lead)
        client.post("/communities/workshop/manage/cover/", {"picture": wide_picture()})
        assert Community.objects.get(pk=world.open.pk).cover is not None
        assert b"/files/pictures/" in client.get("/communities/workshop/manage/").content
        response = client.post("/communities/workshop/manage/cover/", {"picture": wide_picture(20, 20)})
        assert b"smaller than" in response.content
        client.post("/communities/workshop/manage/cover/", {"remove": "yes"})
        assert Community.objects.get(pk=world.open.pk).cover is None

    @pytest.mark.slow
    def test_access_changes_only_with_the_effect_read(self, world: World, sign_in: SignIn) -> None:
        client = sign_in(world.curator)
        path = "/communities/workshop/manage/access/"
        page = client.post(path, {"access": "closed"})
        assert page.status_code == 200
        assert "people who are not members lose its entries" in page.content.decode()
        assert Community.objects.get(pk=world.open.pk).access == Access.OPEN
        response = client.post(path, {"access": "classified", "understood": "on"})
        assert response.headers["Location"] == "/communities/"
        assert client.get("/communities/workshop/").status_code == 404

    def test_archived_it_leaves_the_list_and_comes_back(self, world: World, sign_in: SignIn) -> None:
        client = sign_in(world.lead)
        client.post("/communities/workshop/manage/archive/")
        assert world.open not in client.get("/communities/").context["page"].object_list
        archived = client.get("/communities/", {"state": "archived"}).context["page"].object_list
        assert world.open in archived
        client.post("/communities/workshop/manage/reopen/")
        assert world.open in client.get("/communities/").context["page"].object_list

    def test_a_draft_without_changes_is_the_community_itself(self, world: World) -> None:
        before = Community.objects.filter(pk=world.open.pk).values().get()
        same = CommunityDraft(
            names=world.open.names,
            description=world.open.description,
            rules=world.open.rules,
            cover_pattern=world.open.cover_pattern,
            accent=world.open.accent,
        )
        communities.update(community=world.open, by=world.lead, draft=same)
        assert Community.objects.filter(pk=world.open.pk).values().get() == before


class TestTeaser:
    def test_tells_outsiders_of_a_closed_community_what_it_is_and_no_more(
        self, world: World, sign_in: SignIn
    ) -> None:
        page = sign_in(world.employee).get("/communities/boardroom/").content.decode()
        assert "About boardroom" in page
        assert "Lena Lead" in page
        assert "Title of boardroom-open" not in page
        assert "Max Member" not in page
        assert 'action="/communities/boardroom/join/"' in page
        assert "/communities/boardroom/members/" not in page
