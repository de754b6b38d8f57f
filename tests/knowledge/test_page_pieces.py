"""What is kept of a page for many readers never shows one what is another's, and falls with every change."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Collection, Page, ReferenceIndex

from core import outbox
from knowledge.models import CommunityPage, Entry, EntryAuthor, EntryPage, EntryShare, Replication, Tag
from people.choices import Access
from people.models import Competence, Unit, User
from people.services import break_glass, communities, memberships
from tests import world as worlds

pytestmark = pytest.mark.django_db
ADDRESS = "/en/communities/workshop/workshop-open/"


@pytest.fixture
def naming(world: worlds.World) -> Entry:
    """An open entry that names a thing of every access, in its text, among its files and as related."""
    entry = world.entries["workshop-open"]
    page = entry.pages.get().specific
    links = "".join(
        f'<a linktype="page" id="{other.pages.get().pk}">link</a>'
        for slug, other in world.entries.items()
        if slug not in {"draft", "workshop-open"}
    )
    page.body = [("text", f"<p>{links}</p>")]
    for where in (world.open, world.closed, world.classified):
        for level in Access.values:
            page.body.append(
                ("document", {"document": worlds.document(f"doc-{where.slug}-{level}", where, level)})
            )
    page.save_revision().publish()
    return entry


def read(sign_in: Any, user: User, address: str = ADDRESS) -> str:
    response = sign_in(user).get(address)
    assert response.status_code == 200
    return response.content.decode()


def seen(html: str, world: worlds.World) -> set[str]:
    """What of the named things stands in a page."""
    names = {
        f"{where.slug}-{level}"
        for where in (world.open, world.closed, world.classified)
        for level in Access.values
    }
    shown = {name for name in names if f"/{name}/" in html} - {"workshop-open"}
    return shown | {f"doc-{name}" for name in names if f">doc-{name}<" in html}


@pytest.mark.slow
def test_everybody_sees_the_same_whoever_read_before(
    world: worlds.World, naming: Entry, sign_in: Any
) -> None:
    from django.core.cache import cache

    people = [user for user in world.people.values() if user is not None]
    alone = {}
    for user in people:
        cache.clear()
        alone[user.pk] = seen(read(sign_in, user), world)
    cache.clear()
    for user in [*people, *reversed(people)]:
        assert seen(read(sign_in, user), world) == alone[user.pk], user
    assert not any("vault" in name or "boardroom" in name for name in alone[world.employee.pk])
    assert any("vault" in name for name in alone[world.member.pk])


class TestFallsWhen:
    """The second look differs from the first by what has changed between them."""

    def test_a_linked_entry_closes(self, world: worlds.World, naming: Entry, sign_in: Any) -> None:
        other = worlds.entry("other", world.open, world.lead)
        page = naming.pages.get().specific
        page.body = [("text", f'<p><a linktype="page" id="{other.pages.get().pk}">there</a></p>')]
        page.save_revision().publish()
        assert "/other/" in read(sign_in, world.employee)
        other.access = Access.CLOSED
        other.save()
        assert "/other/" not in read(sign_in, world.employee)

    def test_a_member_is_removed(self, world: worlds.World, naming: Entry, sign_in: Any) -> None:
        assert "boardroom-open" in read(sign_in, world.member)
        memberships.remove(membership=world.member.memberships.get(community=world.closed), by=world.lead)
        assert "boardroom" not in read(sign_in, world.member)

    def test_a_community_closes(self, world: worlds.World, sign_in: Any) -> None:
        other = worlds.community("annex", world.lead)
        linked = worlds.entry("linked", other, world.lead)
        page = world.entries["workshop-open"].pages.get().specific
        page.body = [("text", f'<p><a linktype="page" id="{linked.pages.get().pk}">there</a></p>')]
        page.save_revision().publish()
        assert "/linked/" in read(sign_in, world.employee)
        communities.change_access(community=other, by=world.lead, to=Access.CLOSED)
        assert "/linked/" not in read(sign_in, world.employee)

    def test_a_file_is_moved(self, world: worlds.World, sign_in: Any) -> None:
        file = worlds.document("plan", world.open)
        worlds.use_in_body(world.entries["workshop-open"].pages.get(), file)
        assert ">plan<" in read(sign_in, world.employee)
        file.collection = communities.collection_for(world.closed, Access.OPEN)
        file.save()
        assert ">plan<" not in read(sign_in, world.employee)

    def test_a_folder_is_made_anothers(self, world: worlds.World, sign_in: Any) -> None:
        folder = Collection.get_first_root_node().add_child(name="Folder")
        file = worlds.document("plan", world.open)
        file.collection = folder
        file.save()
        worlds.use_in_body(world.entries["workshop-open"].pages.get(), file)
        assert ">plan<" in read(sign_in, world.employee)
        folder.save()
        folder.move(communities.collection_for(world.closed, Access.OPEN), pos="sorted-child")
        assert ">plan<" not in read(sign_in, world.employee)

    def test_a_classified_entry_is_shared(self, world: worlds.World, naming: Entry, sign_in: Any) -> None:
        html = read(sign_in, world.employee)
        assert "workshop-classified" not in html
        EntryShare.objects.create(entry=world.entries["workshop-classified"], user=world.employee)
        assert "workshop-classified" in read(sign_in, world.employee)
        assert "workshop-classified" not in read(sign_in, world.colleague)

    def test_glass_is_broken(self, world: worlds.World, naming: Entry, sign_in: Any) -> None:
        assert "vault" not in read(sign_in, world.moderator)
        break_glass.enter(
            user=User.objects.get(pk=world.moderator.pk),
            community=world.classified,
            reason="An audit of the safety of the vault.",
        )
        assert "vault" in read(sign_in, world.moderator)

    def test_a_name_changes(self, world: worlds.World, sign_in: Any) -> None:
        entry = world.entries["workshop-open"]
        competence = Competence.add_root(slug="pumps", name_en="Old competence")
        entry.competences.set([competence])
        entry.enterprise = world.enterprise
        entry.save()
        EntryAuthor.objects.create(entry=entry, user=world.lead)
        Replication.objects.create(entry=entry, enterprise=world.enterprise, status="tried", note="Old note")
        html = read(sign_in, world.employee)
        for shown in ("Old competence", "Pumps", "Lena Lead", "Old note"):
            assert shown in html
        competence.name_en = "New competence"
        competence.save()
        Unit.objects.get(pk=world.enterprise.pk)
        unit = Unit.objects.get(pk=world.enterprise.pk)
        unit.name = "Valves"
        unit.save()
        lead = User.objects.get(pk=world.lead.pk)
        lead.name = "Lena Married"
        lead.save()
        use = Replication.objects.get()
        use.note = "New note"
        use.save()
        html = read(sign_in, world.employee)
        for shown in ("New competence", "Valves", "Lena Married", "New note"):
            assert shown in html

    def test_a_tag_is_renamed(self, world: worlds.World, sign_in: Any) -> None:
        page = world.entries["workshop-open"].pages.get().specific
        page.tags.add("rust")
        page.save_revision().publish()
        assert "#rust<" in read(sign_in, world.employee)
        tag = Tag.objects.get(name="rust")
        tag.name = "corrosion"
        tag.save()
        assert "#corrosion<" in read(sign_in, world.employee)

    def test_a_file_is_renamed(self, world: worlds.World, sign_in: Any) -> None:
        file = worlds.document("plan", world.open)
        worlds.use_in_body(world.entries["workshop-open"].pages.get(), file)
        assert ">plan<" in read(sign_in, world.employee)
        file.title = "Plan of the pump house"
        file.save()
        assert ">Plan of the pump house<" in read(sign_in, world.employee)

    def test_a_translation_is_published(self, world: worlds.World, sign_in: Any) -> None:
        entry = world.entries["workshop-open"]
        assert 'hreflang="he"' not in read(sign_in, world.employee)
        worlds.entry("workshop-he", world.open, world.lead, language="he", translation_of=entry)
        assert 'hreflang="he"' in read(sign_in, world.employee)

    def test_a_linked_draft_is_published(self, world: worlds.World, sign_in: Any) -> None:
        draft = worlds.entry("sketch", world.open, world.lead, publish=False)
        page = world.entries["workshop-open"].pages.get().specific
        page.body = [("text", f'<p><a linktype="page" id="{draft.pages.get().pk}">there</a></p>')]
        page.save_revision().publish()
        assert "/sketch/" not in read(sign_in, world.employee)
        draft.pages.get().specific.save_revision().publish()
        assert "/sketch/" in read(sign_in, world.employee)

    def test_a_community_gets_another_address(self, world: worlds.World, sign_in: Any) -> None:
        other = worlds.community("annex", world.lead)
        linked = worlds.entry("linked", other, world.lead)
        page = world.entries["workshop-open"].pages.get().specific
        page.body = [("text", f'<p><a linktype="page" id="{linked.pages.get().pk}">there</a></p>')]
        page.save_revision().publish()
        assert "/annex/linked/" in read(sign_in, world.employee)
        parent = CommunityPage.objects.get(community=other, locale__language_code="en")
        parent.slug = "wing"
        parent.save()
        assert "/wing/linked/" in read(sign_in, world.employee)

    def test_an_entry_that_opens_a_classified_file_is_shared(self, world: worlds.World, sign_in: Any) -> None:
        file = worlds.document("secret-plan", world.open, Access.CLASSIFIED)
        for slug in ("workshop-open", "workshop-classified"):
            worlds.use_in_body(world.entries[slug].pages.get(), file)
        page = world.entries["workshop-open"].pages.get()
        ReferenceIndex.remove_for_object(page)
        assert ">secret-plan<" not in read(sign_in, world.employee)
        EntryShare.objects.create(entry=world.entries["workshop-classified"], user=world.employee)
        assert ">secret-plan<" in read(sign_in, world.employee)

    def test_a_reader_moves_to_a_unit_that_may_see_more(
        self, world: worlds.World, naming: Entry, sign_in: Any
    ) -> None:
        EntryShare.objects.create(entry=world.entries["workshop-classified"], unit=world.enterprise)
        assert "workshop-classified" not in read(sign_in, world.colleague)
        colleague = User.objects.get(pk=world.colleague.pk)
        colleague.enterprise = world.enterprise
        colleague.save()
        assert "workshop-classified" in read(sign_in, colleague)

    def test_the_reader_changes_language(self, world: worlds.World, sign_in: Any) -> None:
        assert "Best practice" in read(sign_in, world.employee)
        User.objects.filter(pk=world.employee.pk).update(language="he")
        assert 'lang="he" dir="rtl"' in read(sign_in, world.employee)


def test_a_draft_is_shown_as_it_is(world: worlds.World, sign_in: Any) -> None:
    page = world.entries["workshop-open"].pages.get().specific
    read(sign_in, world.curator)
    page.body = [("text", "<p>Words of the draft</p>")]
    page.save_revision()
    response = sign_in(world.curator).get(f"/admin/pages/{page.pk}/view_draft/")
    assert "Words of the draft" in response.content.decode()
    assert "Words of the draft" not in read(sign_in, world.curator)


def test_a_page_seen_before_costs_four_queries(world: worlds.World, naming: Entry, sign_in: Any) -> None:
    read(sign_in, world.employee)
    client = sign_in(world.employee)
    client.get(ADDRESS)
    with CaptureQueriesContext(connection) as queries:
        client.get(ADDRESS)
    assert len(queries) <= 4, [query["sql"][:120] for query in queries.captured_queries]


@pytest.mark.slow
def test_a_change_elsewhere_costs_no_query_more(world: worlds.World, sign_in: Any) -> None:
    """Not even many changes make a page be drawn anew that shows nothing of them."""
    read(sign_in, world.employee)
    client = sign_in(world.employee)
    client.get(ADDRESS)
    for number in range(300):
        outbox.record(outbox.Thing("entry", f"elsewhere-{number}", []))
    with CaptureQueriesContext(connection) as after:
        client.get(ADDRESS)
    with CaptureQueriesContext(connection) as again:
        client.get(ADDRESS)
    assert (len(after), len(again)) == (4, 4)


@pytest.mark.slow
def test_a_page_is_drawn_anew_in_as_many_queries_however_much_it_names(
    world: worlds.World, naming: Entry, sign_in: Any
) -> None:
    client = sign_in(world.employee)
    page = naming.pages.get().specific

    def anew(people: list[User], tags: int) -> int:
        page.body.append(("people", {"people": people, "caption": ""}))
        page.tags.add(*(f"tag {number}" for number in range(tags)))
        page.save_revision().publish()
        client.get(ADDRESS)
        outbox.record(outbox.Thing("entry", str(naming.key), []))
        with CaptureQueriesContext(connection) as queries:
            client.get(ADDRESS)
        return len(queries)

    assert [anew([world.lead], 1), anew([world.expert, world.member, world.curator], 6)] == [10, 10]


def test_pages_are_told_apart(world: worlds.World, sign_in: Any) -> None:
    assert EntryPage.objects.count() < Page.objects.count()
    assert "Body of workshop-open" in read(sign_in, world.lead)
    assert "Body of workshop-closed" in read(sign_in, world.lead, "/en/communities/workshop/workshop-closed/")
