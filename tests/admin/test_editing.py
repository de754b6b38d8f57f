"""A curator writes, publishes, schedules, copies, moves, translates and withdraws in the admin."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale, WorkflowState
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from core import clock, schedule
from core.models import AuditEntry, OutboxEntry
from knowledge.models import BestPracticePage, CommunityPage, Entry, EntryPage
from people.choices import Access
from people.models import Community, User
from people.roles import Role
from people.services import memberships
from tests import world as worlds

SignIn = Callable[[User | None], Client]


def form(title: str, **more: Any) -> dict[str, Any]:
    """What the page editor sends."""
    body = streamfield([("text", rich_text("<p>We aligned sixty-two sets.</p>"))])
    return nested_form_data(
        {
            "title": title,
            "slug": title.lower().replace(" ", "-"),
            "summary": "What it is and what it brought.",
            "effects": streamfield([]),
            "body": body,
            "attachments": inline_formset([]),
            "comments": inline_formset([]),
            "tags": "alignment",
            **more,
        }
    )


def page_of(community: Community, language: str = "en") -> CommunityPage:
    return CommunityPage.objects.get(community=community, locale__language_code=language)


def add(client: Client, community: Community, title: str, **more: Any) -> Any:
    address = reverse("wagtailadmin_pages:add", args=["knowledge", "bestpracticepage", page_of(community).pk])
    return client.post(address, form(title, **more))


@pytest.fixture
def curator(sign_in: SignIn, world: worlds.World) -> Client:
    return sign_in(world.curator)


def page_called(title: str) -> BestPracticePage:
    return BestPracticePage.objects.get(draft_title=title)


class TestWriting:
    def test_a_draft_is_born_with_its_entry_and_the_details_wait_to_be_edited(
        self, curator: Client, world: worlds.World
    ) -> None:
        assert add(curator, world.open, "Laser alignment").status_code == 302
        page = page_called("Laser alignment")
        assert (page.live, page.entry.community, page.entry.owner) == (False, world.open, world.curator)
        assert page.entry.published_at is None
        editor = curator.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
        assert reverse("entry:edit", args=[page.entry_id]) in editor

    def test_a_page_is_previewed_before_it_is_saved_and_leaves_nothing_behind(
        self, curator: Client, world: worlds.World
    ) -> None:
        parent = page_of(world.open)
        address = reverse(
            "wagtailadmin_pages:preview_on_add", args=["knowledge", "bestpracticepage", parent.pk]
        )
        before = Entry.objects.count()
        assert curator.post(address, form("Laser alignment")).json()["is_valid"]
        shown = curator.get(address)
        assert shown.status_code == 200
        text = shown.content.decode()
        assert "We aligned sixty-two sets." in text
        assert "Still true" not in text
        assert Entry.objects.count() == before

    def test_publishing_makes_the_entry_findable(self, curator: Client, world: worlds.World) -> None:
        add(curator, world.open, "Laser alignment", **{"action-publish": "1"})
        entry = page_called("Laser alignment").entry
        assert entry.published_at is not None
        assert entry.languages == ["en"]
        assert OutboxEntry.objects.filter(kind="entry", key=str(entry.key)).exists()

    def test_what_is_to_go_live_later_goes_live_when_its_time_has_come(
        self, curator: Client, world: worlds.World
    ) -> None:
        later = clock.now() + timedelta(hours=2)
        add(
            curator,
            world.open,
            "Next quarter",
            **{"go_live_at": later.strftime("%Y-%m-%d %H:%M"), "action-publish": "1"},
        )
        page = page_called("Next quarter")
        assert not page.live
        revision = page.scheduled_revision
        revision.approved_go_live_at = clock.now() - timedelta(minutes=1)
        revision.content["go_live_at"] = revision.approved_go_live_at.isoformat()
        revision.save()
        schedule.publish_scheduled()
        page.refresh_from_db()
        assert page.live
        assert Entry.objects.get(pk=page.entry_id).published_at is not None

    def test_two_curators_at_once_see_each_other(
        self, curator: Client, sign_in: SignIn, world: worlds.World
    ) -> None:
        page = world.entries["workshop-open"].pages.get()
        ping = reverse(
            "wagtailadmin_editing_sessions:ping", args=["knowledge", "bestpracticepage", page.pk, 0]
        )
        assert curator.post(ping, {"is_editing": "1"}).json()["other_sessions"] == []
        second = worlds.person("second@example.org", Role.CURATOR, name="Second Curator")
        others = sign_in(second).post(ping, {"is_editing": "1"}).json()["other_sessions"]
        assert [other["user"] for other in others] == ["Carla Curator"]


class TestReview:
    def test_a_page_sent_for_review_waits_for_curators_and_is_published_by_their_consent(
        self, curator: Client, world: worlds.World
    ) -> None:
        page = world.entries["draft"].pages.get().specific
        page.save_revision(user=world.lead)
        page.get_workflow().start(page, world.lead)
        assert curator.get("/admin/").content.decode().count("Title of draft") >= 1
        assert world.curator.email in {address for message in mail.outbox for address in message.to}
        state = WorkflowState.objects.get(object_id=str(page.pk))
        step = reverse(
            "wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.current_task_state_id]
        )
        assert curator.post(step).status_code == 302
        page.refresh_from_db()
        assert page.live

    def test_it_is_sent_by_a_button_in_the_persons_language(
        self, curator: Client, world: worlds.World
    ) -> None:
        page = world.entries["workshop-open"].pages.get()
        editor = curator.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
        assert "Send for review" in editor
        assert "Submit to" not in editor

    def test_what_is_classified_is_never_sent_to_curators(self, world: worlds.World) -> None:
        assert world.entries["workshop-classified"].pages.get().specific.get_workflow() is None
        assert world.entries["vault-open"].pages.get().specific.get_workflow() is None

    def test_a_review_ends_when_the_entry_becomes_classified(
        self, curator: Client, world: worlds.World
    ) -> None:
        page = world.entries["workshop-open"].pages.get().specific
        page.save_revision(user=world.lead)
        page.get_workflow().start(page, world.lead)
        details = details_form(page.entry, access=Access.CLASSIFIED)
        assert curator.post(reverse("entry:edit", args=[page.entry_id]), details).status_code == 302
        assert WorkflowState.objects.get(object_id=str(page.pk)).status == WorkflowState.STATUS_CANCELLED


class TestMovingAbout:
    def test_a_copy_is_another_entry(self, curator: Client, world: worlds.World) -> None:
        original = world.entries["workshop-open"].pages.get()
        answer = curator.post(
            reverse("wagtailadmin_pages:copy", args=[original.pk]),
            {
                "new_title": "A copy",
                "new_slug": "a-copy",
                "new_parent_page": page_of(world.open).pk,
                "copy_subpages": "",
                "publish_copies": "",
            },
        )
        assert answer.status_code == 302
        copy = EntryPage.objects.get(slug="a-copy")
        assert copy.entry_id != original.entry_id
        assert copy.entry.community == world.open

    def test_a_moved_page_takes_its_entry_along(self, curator: Client, world: worlds.World) -> None:
        page = world.entries["workshop-open"].pages.get()
        destination = page_of(world.closed)
        answer = curator.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, destination.pk]))
        assert answer.status_code == 302
        assert Entry.objects.get(pk=page.entry_id).community == world.closed

    def test_nothing_is_moved_to_where_one_has_no_rights(self, curator: Client, world: worlds.World) -> None:
        page = world.entries["workshop-open"].pages.get()
        address = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, page_of(world.classified).pk])
        assert curator.post(address).status_code == 404
        assert Entry.objects.get(pk=page.entry_id).community == world.open

    def test_a_translation_shares_the_entry(self, curator: Client, world: worlds.World) -> None:
        page = world.entries["workshop-open"].pages.get()
        russian = Locale.objects.get(language_code="ru")
        answer = curator.post(
            reverse("wagtail_localize:submit_page_translation", args=[page.pk]), {"locales": [russian.pk]}
        )
        assert answer.status_code == 302
        translated = EntryPage.objects.get(translation_key=page.translation_key, locale=russian)
        assert translated.entry_id == page.entry_id
        assert translated.get_parent().pk == page_of(world.open, "ru").pk

    def test_withdrawing_and_deleting_leave_no_live_entry(self, curator: Client, world: worlds.World) -> None:
        page = world.entries["workshop-open"].pages.get()
        assert curator.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk])).status_code == 302
        entry = Entry.objects.get(pk=page.entry_id)
        assert (entry.published_at, entry.languages) == (None, [])
        assert curator.post(reverse("wagtailadmin_pages:delete", args=[page.pk])).status_code == 302
        assert not EntryPage.objects.filter(pk=page.pk).exists()

    def test_a_communitys_page_stays_where_it_stands(self, curator: Client, world: worlds.World) -> None:
        page = page_of(world.open)
        for name in ("delete", "unpublish", "copy"):
            curator.post(reverse(f"wagtailadmin_pages:{name}", args=[page.pk]))
        page.refresh_from_db()
        assert page.live
        assert curator.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200


def details_form(entry: Entry, **changed: Any) -> dict[str, Any]:
    """What the form of an entry's details sends."""
    return nested_form_data(
        {
            "access": entry.access,
            "owner": entry.owner_id,
            "review_date": "",
            "enterprise": "",
            "department": "",
            "difficulty": "basic",
            "effect_amount": "",
            "effect_currency": "",
            "effect_period": "",
            "shares": inline_formset([]),
            "authors": inline_formset([]),
            **changed,
        }
    )


class TestDetails:
    def test_the_list_names_entries_in_the_readers_language(
        self, curator: Client, world: worlds.World
    ) -> None:
        listed = curator.get(reverse("entry:index")).content.decode()
        assert "Title of workshop-open" in listed
        assert "Title of boardroom-open" in listed

    def test_filters_narrow_the_list(self, curator: Client, world: worlds.World) -> None:
        stale = world.entries["workshop-open"]
        stale.review_date = clock.today() - timedelta(days=1)
        stale.save()
        for query in (
            "stale=true",
            f"community={world.open.pk}&access=open&owner=lena&kind=best_practice&language=en",
        ):
            listed = curator.get(reverse("entry:index") + "?" + query).content.decode()
            assert "Title of workshop-open" in listed, query
            assert "Title of boardroom-open" not in listed, query

    @pytest.mark.slow
    def test_lists_cost_the_same_however_long(self, curator: Client, world: worlds.World) -> None:
        def cost(name: str) -> int:
            with CaptureQueriesContext(connection) as queries:
                assert curator.get(reverse(name)).status_code == 200
            return len(queries)

        lists = ("entry:index", "best_practices:index", "entry_pages:index", "tag:index", "wagtailadmin_home")
        for name in lists:
            cost(name)
        before = {name: cost(name) for name in lists}
        for number in range(8):
            worlds.entry(f"more-{number}", world.open, world.lead)
        assert {name: cost(name) for name in lists} == before

    def test_a_change_of_access_is_recorded_and_made_known(
        self, curator: Client, world: worlds.World
    ) -> None:
        entry = world.entries["workshop-open"]
        details = details_form(
            entry,
            access=Access.CLOSED,
            authors=inline_formset([{"user": world.expert.pk}]),
            shares=inline_formset([{"user": world.employee.pk, "unit": ""}]),
        )
        assert curator.post(reverse("entry:edit", args=[entry.pk]), details).status_code == 302
        entry = Entry.objects.get(pk=entry.pk)
        assert (entry.access, entry.difficulty) == (Access.CLOSED, "basic")
        assert [author.user for author in entry.authors.all()] == [world.expert]
        record = AuditEntry.objects.get(action="entry.access_changed")
        assert (record.actor, record.key) == (world.curator, str(entry.key))
        last = OutboxEntry.objects.filter(kind="entry", key=str(entry.key)).latest("sequence")
        assert last.audience_after == entry.audience

    def test_mistakes_are_said_in_words_and_nothing_is_saved(
        self, curator: Client, world: worlds.World
    ) -> None:
        entry = world.entries["workshop-open"]
        details = details_form(
            entry,
            effect_amount="100",
            shares=inline_formset([{"user": "", "unit": ""}]),
            access=Access.CLOSED,
        )
        answer = curator.post(reverse("entry:edit", args=[entry.pk]), details)
        assert answer.status_code == 200
        assert "Say in which currency the effect is given." in answer.content.decode()
        assert Entry.objects.get(pk=entry.pk).access == Access.OPEN

    def test_an_entry_is_called_by_its_title(self, curator: Client, world: worlds.World) -> None:
        entry = world.entries["workshop-open"]
        for name in ("entry:edit", "entry:history", "entry:usage"):
            html = curator.get(reverse(name, args=[entry.pk])).content.decode()
            assert "Title of workshop-open" in html.partition("</h1>")[0] + html.partition("<title>")[2], name

    def test_nobody_adds_or_deletes_an_entry_by_itself(self, curator: Client, world: worlds.World) -> None:
        entry = world.entries["workshop-open"]
        assert curator.get("/admin/entries/new/").status_code == 404
        assert curator.post(f"/admin/entries/delete/{entry.pk}/").status_code == 404
        assert Entry.objects.filter(pk=entry.pk).exists()

    def test_the_export_holds_what_the_list_shows(self, curator: Client, world: worlds.World) -> None:
        table = b"".join(curator.get(reverse("entry:index") + "?export=csv").streaming_content).decode()
        assert "Title of workshop-open" in table
        assert str(world.entries["workshop-open"].key) in table
        assert "vault" not in table


class TestCommunities:
    def test_a_changed_name_reaches_the_pages(self, curator: Client, world: worlds.World) -> None:
        names = {f"name_{code}": "" for code in ("ru", "uk", "bg", "he")}
        data = {
            **names,
            "name_en": "The workshop",
            **{f"description_{number}": "" for number in range(5)},
            **{f"rules_{number}": "" for number in range(5)},
            "access": world.open.access,
            "cover_pattern": "dots",
            "accent": "#123456",
        }
        answer = curator.post(reverse("managed_community:edit", args=[world.open.pk]), data)
        assert answer.status_code == 302
        assert page_of(world.open).title == "The workshop"
        assert Community.objects.get(pk=world.open.pk).cover_pattern == "dots"

    def test_what_is_shown_of_one_is_said_in_the_persons_language(
        self, curator: Client, world: worlds.World
    ) -> None:
        User.objects.filter(pk=world.curator.pk).update(language="he")
        for address in (
            reverse("managed_community:index"),
            reverse("managed_community:inspect", args=[world.open.pk]),
        ):
            shown = curator.get(address).content.decode()
            assert "Created at" not in shown, address
            assert "Member count" not in shown, address

    def test_a_lead_of_one_manages_that_one_alone(self, sign_in: SignIn, world: worlds.World) -> None:
        memberships.make_lead(user=world.colleague, community=world.classified, by=None)
        client = sign_in(User.objects.get(pk=world.colleague.pk))
        listed = client.get(reverse("managed_community:index")).content.decode()
        assert "Vault" in listed
        assert "Workshop" not in listed
        assert client.get(reverse("managed_community:edit", args=[world.open.pk])).status_code == 404
