from collections.abc import Callable

from django.test import Client

from people.choices import Access
from people.models import BreakGlass, User
from people.services import communities
from people.services.communities import CommunityDraft
from tests.world import World

SignIn = Callable[[User | None], Client]
REASON = "A works council asked for the minutes."


def test_to_all_but_moderators_these_pages_do_not_exist(world: World, sign_in: SignIn) -> None:
    for path in ("/communities/classified/", "/communities/vault/enter/", "/communities/workshop/enter/"):
        for who in ("employee", "expert", "curator", "member", "lead"):
            client = sign_in(world.people[who])
            assert client.get(path).status_code == 404
            assert client.post(path, {"reason": REASON}).status_code in {404, 405}
    assert not BreakGlass.objects.exists()


def test_a_moderator_enters_with_a_reason(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.moderator)
    listed = client.get("/communities/classified/").content.decode()
    assert "Vault" in listed
    assert "About vault" not in listed
    assert client.get("/communities/vault/").status_code == 404
    assert b"20" in client.post("/communities/vault/enter/", {"reason": "curious"}).content
    response = client.post("/communities/vault/enter/", {"reason": REASON})
    assert response.headers["Location"] == "/communities/vault/"
    page = client.get("/communities/vault/members/").content.decode()
    assert "as a moderator" in page
    assert "Max Member" in page


def test_only_classified_communities_are_entered(world: World, sign_in: SignIn) -> None:
    assert sign_in(world.moderator).get("/communities/boardroom/enter/").status_code == 404


def test_a_classified_proposal_is_reached_and_confirmed(world: World, sign_in: SignIn) -> None:
    draft = CommunityDraft(names={"en": "Merger"}, description={"en": "Plans"}, access=Access.CLASSIFIED)
    communities.propose(author=world.expert, draft=draft)
    client = sign_in(world.moderator)
    assert b"Merger" not in client.get("/communities/proposals/").content
    response = client.post("/communities/merger/enter/", {"reason": REASON})
    assert response.headers["Location"] == "/communities/merger/proposal/"
    client.post("/communities/merger/proposal/confirm/")
    assert client.get("/communities/merger/").status_code == 200
