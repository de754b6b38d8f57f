"""Many entries at once, written as rows: for what has to hold however many there are."""

from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page

from core import bulk_rows, clock
from core.fields import uuid7
from knowledge.models import BestPracticePage, CommunityPage, Entry, PageReference
from knowledge.services import page_facts
from people.models import Community, User


def entries(where: Community, owner: User, count: int, *, stem: str = "crowd", **fields: Any) -> list[Entry]:
    """Published entries with a page each: stale, unread for long, without a summary, with a picture untold."""
    long_ago = clock.now() - timedelta(days=500)
    values = {
        "published_at": long_ago,
        "review_date": clock.today() - timedelta(days=9),
        "languages": ["en"],
        **fields,
    }
    rows = [
        Entry(kind="best_practice", slug=f"{stem}-{number}", community=where, owner=owner, **values)
        for number in range(count)
    ]
    Entry.objects.bulk_create(rows)
    parent = CommunityPage.objects.get(community=where, locale__language_code="en")
    first = Page.objects.get(pk=parent.pk).get_children().count() + 1
    pages = [
        BestPracticePage(
            title=f"Title of {row.slug}",
            draft_title=f"Title of {row.slug}",
            slug=row.slug,
            summary="",
            entry=row,
            locale=parent.locale,
            translation_key=uuid7(),
            live=True,
            owner=owner,
            has_unpublished_changes=True,
            first_published_at=long_ago,
            path=Page._get_path(parent.path, parent.depth + 1, first + number),
            depth=parent.depth + 1,
            url_path=f"{parent.url_path}{row.slug}/",
            content_type=ContentType.objects.get_for_model(BestPracticePage),
        )
        for number, row in enumerate(rows)
    ]
    bulk_rows.insert(pages)
    Page.objects.filter(pk=parent.pk).update(numchild=first - 1 + count)
    page_facts.refresh([page.pk for page in pages])
    PageReference.objects.bulk_create(
        PageReference(page_id=page.pk, picture_id=10_000_000 + page.pk, is_described=False) for page in pages
    )
    return rows
