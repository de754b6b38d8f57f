from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Collection, Page

from cms.demonstration import source, volume
from cms.demonstration.loading import organisation, people
from cms.demonstration.volume import page_rows
from core.fields import uuid7
from core.models import OutboxEntry
from knowledge.models import BestPracticePage, CommunityPage, Entry, EntryPage
from people import access
from people.models import Community, User
from search import indexing
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


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


def test_rows_are_what_add_child_would_have_written(world: World) -> None:
    ours, theirs = page_of(world, 1), page_of(world, 2)
    page_rows.insert([(parent_page(), ours)])
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
    page_rows.insert([(parent, page_of(world, number)) for number in range(1, 4)])
    parent_page().add_child(instance=page_of(world, 4))
    slugs = [page.slug for page in parent_page().get_children() if page.slug.startswith("row-")]
    assert slugs == ["row-1", "row-2", "row-3", "row-4"]
    assert Page.find_problems() == ([], [], [], [], [])


def test_the_number_of_queries_does_not_grow(world: World) -> None:
    few = [page_of(world, number) for number in range(2)]
    many = [page_of(world, number) for number in range(2, 60)]
    counts = []
    for pages in (few, many):
        parent = parent_page()
        with CaptureQueriesContext(connection) as captured:
            page_rows.insert([(parent, page) for page in pages])
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 12


def test_mixed_types_are_refused(world: World) -> None:
    with pytest.raises(TypeError):
        page_rows.insert([(parent_page(), page_of(world, 1)), (parent_page(), Page(title="x", slug="x"))])


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
