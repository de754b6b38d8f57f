"""What the admin shows first, whom it shows which menu, and how it is held together."""

import html
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.admin.templatetags.wagtailadmin_tags import avatar_url
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage
from wagtail.users.models import UserProfile

from cms.apps import set_up
from core import audit, clock
from core.models import AuditEntry
from knowledge.models import Entry, EntryPage, PageReference
from people.models import ClientToken, User
from people.services import client_tokens, communities
from tests import world as worlds
from tests.knowledge.reports import crowd

# Of which what every page of the admin asks is a third.
MOST_QUERIES = 30


def menu(client) -> str:
    return client.get("/admin/").content.decode()


class TestStart:
    def test_a_curator_sees_what_waits_what_is_stale_and_what_is_new(
        self, sign_in, world: worlds.World
    ) -> None:
        stale = world.entries["boardroom-open"]
        stale.review_date = clock.today() - timedelta(days=3)
        stale.save()
        draft = communities.CommunityDraft(names={"en": "Welders"}, description={"en": "About welding"})
        communities.propose(author=world.expert, draft=draft)
        page = world.entries["draft"].pages.get().specific
        page.save_revision(user=world.lead)
        start = menu(sign_in(world.curator))
        for expected in ("Welders", "Title of draft", "Title of boardroom-open", "Title of workshop-open"):
            assert expected in start, expected
        assert "vault" not in start

    def test_nothing_waiting_is_said_in_words(self, sign_in, world: worlds.World) -> None:
        assert "Nobody has proposed a community." in menu(sign_in(world.curator))

    def test_wagtails_own_notices_are_gone(self, sign_in, world: worlds.World) -> None:
        start = menu(sign_in(world.curator))
        assert "editor guide" not in start
        assert "<title>" in start
        assert "Wagtail" not in start.split("<title>")[1].split("</title>")[0]


class TestFigures:
    """A number is how many rows there are behind it, whoever asks."""

    PLACES = (
        "reviews", "drafts", "freshness", "new", "missing_owner", "missing_summary", "missing_description",
        "broken_links", "missing_translation", "unread",
    )  # fmt: skip

    @pytest.fixture
    def busy(self, world: worlds.World) -> worlds.World:
        """Something of everything, in communities of every access."""
        draft = communities.CommunityDraft(names={"en": "Welders"}, description={"en": "About welding"})
        communities.propose(author=world.expert, draft=draft)
        leaver = worlds.person("leaver@example.org", is_active=False)
        for number, where in enumerate((world.open, world.closed, world.classified), start=2):
            made = crowd.entries(where, world.lead, number, stem=f"crowd-{where.slug}")
            Entry.objects.filter(pk=made[0].pk).update(owner=leaver)
            PageReference.objects.create(page=made[1].pages.get(), named_page_id=9_999_999)
        page = world.entries["draft"].pages.get().specific
        page.save_revision(user=world.lead)
        review = worlds.entry("review", world.open, world.expert, publish=False).pages.get().specific
        review.save_revision(user=world.expert)
        page = EntryPage.objects.get(pk=review.pk).specific
        page.get_workflow().start(page, world.expert)
        return world

    def figures(self, client: Client) -> dict[str, int]:
        found = re.findall(r'href="([^"]+)"><span class="count">(\d+)</span>', menu(client))
        return {html.unescape(address): int(count) for address, count in found}

    @pytest.mark.slow
    @pytest.mark.parametrize("role", ["curator", "moderator", "lead"])
    def test_each_equals_the_list_that_it_leads_to(self, sign_in, busy: worlds.World, role: str) -> None:
        client = sign_in(busy.people[role])
        figures = self.figures(client)
        led_to = {}
        for address in figures:
            context = client.get(address).context
            page = context.get("page") or context["page_obj"]
            led_to[address] = page.paginator.count
        assert figures == led_to
        reports = {address.split("/")[3].replace("-", "_") for address in figures if "reports" in address}
        assert reports == set(self.PLACES)
        empty = {address for address, count in figures.items() if not count}
        own = {"/admin/catalogue-reports/reviews/", "/admin/catalogue-reports/drafts/"}
        assert empty <= (own if role == "lead" else set())

    @pytest.mark.slow
    def test_they_ask_the_same_however_much_there_is(self, sign_in, busy: worlds.World) -> None:
        client = sign_in(busy.curator)
        menu(client)
        asked = []
        for number in (5, 20, 100):
            crowd.entries(busy.open, busy.lead, number, stem=f"more-{number}")
            with CaptureQueriesContext(connection) as captured:
                menu(client)
            asked.append(len(captured))
        assert len(set(asked)) == 1, asked
        assert asked[0] <= MOST_QUERIES


class TestAccount:
    def test_it_asks_for_nothing_that_is_kept_on_the_site(self, sign_in, world: worlds.World) -> None:
        client = sign_in(world.curator)
        shown = client.get("/admin/account/").content.decode()
        assert reverse("profile") in shown
        for asked in ("first_name", "last_name", "avatar-avatar"):
            assert asked not in shown, asked
        choice = {"locale-preferred_language": "he", "locale-current_time_zone": "Europe/Kyiv"}
        themes = {"theme-theme": "dark", "theme-contrast": "system", "theme-density": "default"}
        answer = client.post("/admin/account/", {**choice, **themes, "theme-keyboard_shortcuts": "on"})
        assert answer.status_code == 302
        assert User.objects.get(pk=world.curator.pk).language == "he"

    def test_the_menu_calls_the_person_by_name(self, sign_in, world: worlds.World) -> None:
        start = menu(sign_in(world.curator))
        assert world.curator.email not in start
        assert world.curator.get_short_name() in start

    def test_the_picture_is_the_one_of_the_site(self, world: worlds.World, monkeypatch) -> None:
        monkeypatch.setattr(User, "photo_url", "/files/pictures/me.webp")
        assert avatar_url(world.curator) == "/files/pictures/me.webp"


@pytest.mark.slow
def test_a_search_of_pages_counts_pages(sign_in, world: worlds.World) -> None:
    found = sign_in(world.curator).get("/admin/pages/search/").content.decode()
    assert re.search(r"1-\d+ of \d+\s+pages", found)


def test_choosers_speak_the_persons_language(sign_in, world: worlds.World) -> None:
    client = sign_in(world.curator)
    User.objects.filter(pk=world.curator.pk).update(language="he")
    UserProfile.objects.filter(user=world.curator).update(preferred_language="he")
    chooser = client.get(reverse("wagtailimages_chooser:choose")).json()["html"]
    assert "חיפוש" in chooser
    assert "Search" not in chooser


class TestMenus:
    def test_each_role_has_what_it_needs_and_no_more(self, sign_in, world: worlds.World) -> None:
        curator = menu(sign_in(world.curator))
        moderator = menu(sign_in(world.moderator))
        for address in ("/admin/entries/", "/admin/communities/", "/admin/tags/", "/admin/images/"):
            assert address in curator, address
        for address in ("/admin/client-tokens/", "/admin/core/auditentry/", "/admin/redirects/"):
            assert address not in curator, address
            assert address in moderator, address
            assert sign_in(world.curator).get(address).status_code in {302, 403}, address
        for address in (
            "/admin/reports/page-types-usage/",
            "/admin/collections/",
            "/admin/workflows/list/",
            "/admin/sites/",
        ):
            assert address not in curator, address
            assert address not in moderator, address

    def test_a_lead_of_a_classified_community_has_pages_entries_and_their_community(
        self, sign_in, world: worlds.World
    ) -> None:
        lead = menu(sign_in(world.lead))
        assert "/admin/entries/" in lead
        assert "/admin/tags/" not in lead
        assert "/admin/client-tokens/" not in lead


class TestAuditLog:
    def test_is_read_filtered_and_exported_and_never_changed(self, sign_in, world: worlds.World) -> None:
        audit.log(
            "community.glass_broken", actor=world.moderator, target=world.closed, reason="A case to look at."
        )
        client = sign_in(world.moderator)
        listed = client.get("/admin/core/auditentry/?action=community.glass_broken").content.decode()
        assert "A case to look at." in listed
        table = client.get("/admin/core/auditentry/?export=csv")
        assert b"community.glass_broken" in b"".join(table.streaming_content)
        entry = AuditEntry.objects.get(action="community.glass_broken")
        assert client.get(f"/admin/core/auditentry/inspect/{entry.pk}/").status_code == 200
        for name in ("create", f"edit/{entry.pk}", f"delete/{entry.pk}"):
            assert client.get(f"/admin/core/auditentry/{name}/").status_code in {302, 403, 404}
        assert AuditEntry.objects.filter(pk=entry.pk).exists()


class TestTokens:
    def test_a_moderator_looks_them_over_and_revokes_one(self, sign_in, world: worlds.World) -> None:
        token, _text = client_tokens.issue(
            user=world.employee, name="Dashboard", scopes=["content:read"], days=9
        )
        client = sign_in(world.moderator)
        listed = client.get(reverse("client_token:index")).content.decode()
        assert "Dashboard" in listed
        assert token.digest not in listed
        assert client.post(reverse("client_token:revoke", args=[token.pk])).status_code == 302
        assert ClientToken.objects.get(pk=token.pk).revoked_at is not None

    def test_a_curator_does_not(self, sign_in, world: worlds.World) -> None:
        token, _text = client_tokens.issue(
            user=world.employee, name="Dashboard", scopes=["content:read"], days=9
        )
        client = sign_in(world.curator)
        assert client.get(reverse("client_token:index")).status_code in {302, 403}
        assert client.post(reverse("client_token:revoke", args=[token.pk])).status_code in {302, 403}
        assert ClientToken.objects.get(pk=token.pk).revoked_at is None


class TestContentSecurity:
    def test_the_admin_has_a_policy_of_its_own(self, sign_in, world: worlds.World) -> None:
        client = sign_in(world.curator)
        admin = client.get("/admin/").headers["Content-Security-Policy"]
        assert "script-src 'self' 'unsafe-inline'" in admin
        assert "'unsafe-eval'" not in admin
        for kept in (
            "default-src 'self'",
            "object-src 'none'",
            "frame-ancestors 'self'",
            "form-action 'self'",
        ):
            assert kept in admin, kept

    def test_the_site_stays_strict(self, sign_in, world: worlds.World) -> None:
        site = sign_in(world.curator).get("/").headers["Content-Security-Policy"]
        assert "unsafe" not in site


def test_the_review_by_curators_is_set_up_once(db: None, world: worlds.World) -> None:
    set_up()
    assert list(Workflow.objects.values_list("name", flat=True)) == ["Review by curators"]
    task = GroupApprovalTask.objects.get()
    assert set(task.groups.values_list("name", flat=True)) == {"Curator", "Moderator"}
    assigned = Page.objects.filter(pk__in=WorkflowPage.objects.values("page_id"))
    assert set(assigned.values_list("slug", flat=True)) == {"communities"}
    assert User.objects.filter(is_superuser=True).count() == 0
