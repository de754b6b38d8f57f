import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Collection, Page, PageLogEntry, ReferenceIndex

from cms.demonstration import source, volume
from cms.demonstration.loading import organisation, people
from cms.demonstration.volume import page_rows, references
from cms.demonstration.volume.page_rows import NewPage
from core.fields import uuid7
from core.models import OutboxEntry
from knowledge.models import BestPracticePage, CommunityPage, Entry, EntryPage
from people import access
from people.models import Community, User
from search import indexing
from tests import world as worlds
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite, pytest.mark.slow]


def page_of(world: World, number: int, **fields: Any) -> BestPracticePage:
    community = Community.objects.filter(access="open").first()
    assert community is not None
    entry = Entry.objects.create(
        kind="best_practice", slug=f"row-{number}", community=community, owner=User.objects.first()
    )
    return BestPracticePage(
        title=f"Row {number}", slug=entry.slug, entry=entry, summary="One.", translation_key=uuid7(), **fields
    )


def parent_page() -> CommunityPage:
    return CommunityPage.objects.get(
        community=Community.objects.filter(access="open").first(), locale__language_code="en"
    )


def below(parent: Page, page: Page) -> NewPage:
    return NewPage(parent.pk, page, references=references.within(page))


def history(page: Page) -> list[tuple[Any, ...]]:
    entries = PageLogEntry.objects.filter(page=page.pk).order_by("pk")
    return list(entries.values_list("action", "content_type", "user", "content_changed", "deleted"))


def uses(page: Page) -> set[tuple[Any, ...]]:
    """What Wagtail's index says that a page refers to, less the entry, of which each has its own."""
    found = ReferenceIndex.objects.filter(object_id=str(page.pk), base_content_type__model="page")
    rows = found.exclude(model_path="entry")
    return set(
        rows.values_list("content_type", "to_content_type", "to_object_id", "model_path", "content_path")
    )


def test_history_and_references_are_what_add_child_would_have_written(world: World) -> None:
    file, link = worlds.document("plan", world.open), world.entries["workshop-open"].pages.get()
    text = f'<p><a linktype="page" id="{link.pk}">there</a></p>'
    blocks = [("text", text), ("document", {"document": file.pk, "description": ""})]
    body = json.dumps([{"type": kind, "value": value, "id": str(uuid7())} for kind, value in blocks])
    ours, theirs = page_of(world, 1, body=body), page_of(world, 2, body=body)
    page_rows.insert([below(parent_page(), ours)])
    parent_page().add_child(instance=theirs)
    ReferenceIndex.create_or_update_for_object(theirs)  # a worker does it in the background
    assert history(ours) == history(theirs) != []
    assert uses(ours) == uses(theirs) != set()


def test_rows_are_what_add_child_would_have_written(world: World) -> None:
    ours, theirs = page_of(world, 1), page_of(world, 2)
    page_rows.insert([below(parent_page(), ours)])
    parent_page().add_child(instance=theirs)
    ours, theirs = BestPracticePage.objects.get(slug="row-1"), BestPracticePage.objects.get(slug="row-2")
    different = {
        field.name
        for field in BestPracticePage._meta.concrete_fields
        if getattr(ours, field.attname) != getattr(theirs, field.attname)
    }
    # `add_child` sends signals, which measure the body; who inserts rows measures them beforehand.
    assert different <= {
        *("id", "page_ptr", "entrypage_ptr", "path", "title", "draft_title", "slug", "url_path", "entry"),
        *("translation_key", "body_digest", "latest_revision_created_at"),
    }
    assert Page.find_problems() == ([], [], [], [], [])
    assert ours.get_parent().pk == parent_page().pk
    assert parent_page().get_children().count() == parent_page().numchild


def test_pages_added_by_hand_stand_after_inserted_ones(world: World) -> None:
    parent = parent_page()
    page_rows.insert([below(parent, page_of(world, number)) for number in range(1, 4)])
    parent_page().add_child(instance=page_of(world, 4))
    slugs = [page.slug for page in parent_page().get_children() if page.slug.startswith("row-")]
    assert slugs == ["row-1", "row-2", "row-3", "row-4"]
    assert Page.find_problems() == ([], [], [], [], [])


def test_the_number_of_queries_does_not_grow(world: World) -> None:
    page_rows.insert([below(parent_page(), page_of(world, 0))])  # content types are known from here on
    few = [page_of(world, number) for number in range(1, 3)]
    many = [page_of(world, number) for number in range(3, 60)]
    counts = []
    for pages in (few, many):
        parent = parent_page()
        with CaptureQueriesContext(connection) as captured:
            page_rows.insert([below(parent, page) for page in pages])
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 12


def test_mixed_types_are_refused(world: World) -> None:
    with pytest.raises(TypeError):
        page_rows.insert(
            [below(parent_page(), page_of(world, 1)), below(parent_page(), Page(title="x", slug="x"))]
        )


def test_volume_is_sound_and_can_be_added_to(world: World) -> None:
    demonstration = source.read()
    organisation.load(demonstration, years=range(2026, 2027))
    people.load_competences(demonstration)
    before = OutboxEntry.objects.filter(kind="entry").count()
    for _ in range(2):
        volume.generate(demonstration, count=30)
    generated = Entry.objects.filter(slug__startswith="volume-")
    assert generated.count() == 60
    assert EntryPage.objects.live().filter(entry__in=generated).count() == 60
    assert OutboxEntry.objects.filter(kind="entry").count() == before + 60
    assert Page.find_problems() == ([], [], [], [], [])
    assert Collection.find_problems() == ([], [], [], [], [])
    circle = Community.objects.get(slug="circle-00001")
    assert circle.member_count == circle.memberships.active().count() > 0
    assert circle.memberships.leads().count() == 1
    person = circle.memberships.first().user
    assert not person.has_usable_password()
    assert Entry.objects.visible_to(access.viewer_of(person)).filter(pk__in=generated).count() > 0
    indexing.rebuild()
    assert indexing.compare().is_none
