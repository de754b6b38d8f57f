"""Saving a filtered list on the site, finding it again at its list, and the page of all of them."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from people.choices import SavedList
from people.models import SavedView, User
from people.services import saved_views
from tests import world as worlds

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(world: worlds.World, sign_in: Any) -> Client:
    return sign_in(world.lead)


def sent(**fields: Any) -> dict[str, Any]:
    return {"list": "catalogue", "query": "difficulty=basic&page=4", "name": "For beginners", **fields}


class TestSave:
    def test_the_list_leads_there_with_its_filters(self, lead: Client) -> None:
        html = lead.get("/catalogue/?difficulty=basic&page=2").content.decode()
        assert "/views/save/?list=catalogue&amp;query=difficulty%3Dbasic" in html
        form = lead.get("/views/save/?list=catalogue&query=difficulty%3Dbasic").content.decode()
        assert 'value="difficulty=basic"' in form

    @pytest.mark.parametrize("address", ["/catalogue/", "/people/", "/communities/"])
    def test_and_is_found_at_its_list(self, lead: Client, address: str) -> None:
        name = address.strip("/")
        answer = lead.post("/views/save/", sent(list=name, query="q=pump&page=4"))
        assert answer.headers["Location"] == f"{address}?q=pump"
        html = lead.get(f"/views/menu/?list={name}&query=q%3Dpump").content.decode()
        assert f'href="{address}?q=pump" aria-current="true"' in html
        assert "For beginners" in html

    def test_a_name_lacks_and_nothing_is_lost(self, lead: Client) -> None:
        html = lead.post("/views/save/", sent(name="", follow="on")).content.decode()
        assert 'value="difficulty=basic&amp;page=4"' in html
        assert "checked" in html
        assert not SavedView.objects.exists()

    @pytest.mark.parametrize("wrong", [{"list": "secrets"}, {"name": "x" * 101}, {"community": "999999"}])
    def test_nonsense_is_refused(self, lead: Client, wrong: dict[str, str]) -> None:
        assert lead.post("/views/save/", sent(**wrong)).status_code == 200
        assert not SavedView.objects.exists()

    def test_a_community_of_others_cannot_be_chosen(self, world: worlds.World, sign_in: Any) -> None:
        client = sign_in(world.employee)
        assert "Vault" not in client.get("/views/save/").content.decode()
        client.post("/views/save/", sent(community=world.classified.pk))
        assert not SavedView.objects.exists()

    def test_hostile_names_stay_text(self, lead: Client) -> None:
        lead.post("/views/save/", sent(name='"><script>alert(1)</script>'))
        for address in ("/views/menu/?list=catalogue", "/views/"):
            assert "<script>alert" not in lead.get(address).content.decode()


class TestPage:
    def test_follow_share_and_remove(self, world: worlds.World, lead: Client) -> None:
        lead.post("/views/save/", sent())
        view = SavedView.objects.get()
        assert "Follow: <bdi>For beginners</bdi>" in lead.get("/views/").content.decode()
        lead.post(f"/views/{view.public_id}/follow/")
        assert "Following: <bdi>For beginners</bdi>" in lead.get("/views/").content.decode()
        lead.post(f"/views/{view.public_id}/share/", {"community": world.closed.pk})
        assert "Shared with Boardroom" in lead.get("/views/").content.decode()
        lead.post(f"/views/{view.public_id}/remove/")
        assert "No saved views yet" in lead.get("/views/").content.decode()

    def test_the_menu_puts_the_community_under_the_name(self, world: worlds.World, lead: Client) -> None:
        """Side by side, a long name and a long community wrap into each other."""
        lead.post("/views/save/", sent(community=world.closed.pk))
        html = lead.get("/views/menu/?list=catalogue").content.decode()
        name, community = html.index("For beginners"), html.index("Boardroom")
        assert html.index('class="two-lines"') < name < community

    def test_it_and_the_lists_cost_the_same_however_many(self, world: worlds.World, lead: Client) -> None:
        def asked(number: int) -> list[int]:
            for count in range(number):
                for name in SavedList:
                    saved_views.keep(
                        owner=User.objects.get(pk=world.lead.pk),
                        name=f"view {number} {count}",
                        to=name,
                        query="q=a",
                        community=world.open if count % 2 else world.closed,
                        follow=False,
                    )
            costs = []
            for address in (
                "/views/",
                "/views/menu/?list=people",
                "/catalogue/",
                "/people/",
                "/communities/",
            ):
                lead.get(address)
                with CaptureQueriesContext(connection) as queries:
                    lead.get(address)
                costs.append(len(queries))
            return costs

        few, many = asked(2), asked(12)
        assert few == many
        assert max(many) <= 10
