"""How a page came to be is seen by those who may, without what is not for them."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from knowledge.models import BestPracticePage, WikiPage
from people.choices import Access
from people.models import User
from tests import world as worlds
from tests.world import World


@pytest.fixture
def wiki(world: World) -> WikiPage:
    """A wiki page of two published versions and a draft."""
    entry = worlds.entry("handbook", world.open, world.lead, kind=WikiPage)
    page = WikiPage.objects.get(entry=entry)
    page.body = [("text", "<p>The pump is loud today.</p>")]
    page.save_revision(user=world.lead).publish(user=world.lead, skip_permission_checks=True)
    page.body = [("text", "<p>Nobody knows of this draft.</p>")]
    page.save_revision(user=world.lead)
    return page


def history(client: Client, page: Any, query: str = "") -> Any:
    return client.get(reverse("entry_history", args=[page.entry.key]) + query)


class TestHistory:
    def test_readers_of_a_wiki_page_see_what_changed(
        self, sign_in: Any, world: World, wiki: WikiPage
    ) -> None:
        answer = history(sign_in(world.employee), wiki).content.decode()
        assert "<ins>The pump is loud today.</ins>" in answer or "<ins>" in answer
        assert "Lena Lead" in answer
        assert "draft" not in answer
        side = history(sign_in(world.employee), wiki, "?view=side").content.decode()
        assert "side-by-side" in side

    def test_going_back_to_a_draft_publishes_nothing(
        self, sign_in: Any, world: World, wiki: WikiPage
    ) -> None:
        draft = wiki.get_latest_revision()
        wiki.body = [("text", "<p>Another try.</p>")]
        wiki.save_revision(user=world.lead)
        back = draft.as_object().save_revision(user=world.lead, previous_revision=draft, log_action=True)
        answer = history(sign_in(world.employee), wiki, f"?b={back.pk}").content.decode()
        assert "Nobody" not in answer
        back.publish(user=world.lead, previous_revision=draft, skip_permission_checks=True)
        answer = history(sign_in(world.employee), wiki, f"?b={back.pk}").content.decode()
        assert "Nobody" in answer

    @pytest.mark.parametrize("query", ["?a=x&b=y", "?a=99999", "?lang=xx", "?a=1&b=1"])
    def test_nonsense_in_the_address_shows_the_newest_change(
        self, sign_in: Any, world: World, wiki: WikiPage, query: str
    ) -> None:
        assert history(sign_in(world.employee), wiki, query).status_code == 200

    def test_a_revision_of_another_page_is_not_shown(
        self, sign_in: Any, world: World, wiki: WikiPage
    ) -> None:
        other = world.entries["workshop-classified"].pages.get()
        answer = history(sign_in(world.employee), wiki, f"?a={other.latest_revision_id}")
        assert "workshop-classified" not in answer.content.decode()

    def test_of_an_entry_its_keepers_alone(self, sign_in: Any, world: World) -> None:
        page = world.entries["workshop-open"].pages.get()
        assert history(sign_in(world.employee), page).status_code == 404
        for keeper in (world.lead, world.curator):
            assert history(sign_in(keeper), page).status_code == 200

    def test_one_version_says_so(self, sign_in: Any, world: World) -> None:
        page = world.entries["workshop-open"].pages.get()
        assert "One version so far" in history(sign_in(world.lead), page).content.decode()

    def test_a_link_to_what_one_may_not_see_is_its_words_in_both_versions(
        self, sign_in: Any, world: World, wiki: WikiPage
    ) -> None:
        secret = world.entries["vault-open"].pages.get()
        document = worlds.document("secret-paper", world.classified, Access.OPEN)
        wiki.body = [
            ("text", f'<p>See <a linktype="page" id="{secret.pk}">there</a>.</p>'),
            ("document", {"document": document, "description": ""}),
        ]
        wiki.save_revision().publish()
        wiki.body = [("text", "<p>See nothing.</p>")]
        wiki.save_revision().publish()
        told = history(sign_in(world.employee), wiki).content.decode()
        assert "secret-paper" not in told
        assert secret.get_url() not in told
        assert "secret-paper" in history(sign_in(User.objects.get(pk=world.lead.pk)), wiki).content.decode()

    def test_closed_and_classified_ones_are_not_there(self, sign_in: Any, world: World) -> None:
        for where in (world.closed, world.classified):
            entry = worlds.entry(f"wiki-{where.slug}", where, world.lead, kind=WikiPage)
            assert history(sign_in(world.employee), entry.pages.get()).status_code == 404
            assert history(sign_in(world.member), entry.pages.get()).status_code == 200


class TestAdminComparison:
    def test_of_a_body_shows_lines_and_nothing_raw(self, sign_in: Any, world: World) -> None:
        page = BestPracticePage.objects.get(entry=world.entries["workshop-open"])
        table = {
            "caption": "Oils",
            "table": {
                "columns": [{"type": "text", "heading": "Oil"}, {"type": "text", "heading": "Class"}],
                "rows": [{"values": ["Mineral", "Fifteen"]}],
            },
        }
        stream = page.body.stream_block
        page.body = stream.to_python(
            [{"type": "heading", "value": {"text": "Why", "level": "h2"}}, {"type": "table", "value": table}]
        )
        page.save_revision()
        address = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "earliest", "latest"])
        shown = sign_in(world.curator).get(address).content.decode()
        assert "Mineral | Fifteen" in shown
        assert "TypedTable" not in shown
        assert "version-diff" in shown
