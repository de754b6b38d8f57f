"""What a curator finds to do: owners who have left, lost files, links that lead nowhere, entries that nobody reads.

A company in which everything is in order would have nothing to show in its reports.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from itertools import islice
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from django.core.files.base import ContentFile
from django.db import transaction
from wagtail.models import ReferenceIndex

from core import bulk_rows, clock
from knowledge.models import CommunityPage as Place
from knowledge.models import Entry, EntryPage, ExternalAddress, Reading, WikiPage
from knowledge.services import page_facts
from people.choices import Access
from people.models import Document, Image, User
from people.services import communities

LEAVER: Final = "viktor.lang@aurora.example"
# Entries by their slugs.
LEFT_BEHIND: Final = ("gauge-study-before-spc", "paper-grade-wheel", "hydraulic-oil-cleanliness-dunav")
CHECKED: Final = (
    "alarm-flood-cleanup",
    "closing-the-month-in-five-days",
    "tube-sorting-robot",
    "solar-dry-cleaning",
)
UNTOLD: Final = ("alarm-flood-cleanup", "laser-alignment-of-pump-sets", "swro-membrane-cip")
SUMMARY_LOST: Final = ("grease-compatibility-guide", "office-furniture-standard")
LINKING: Final = ("compressed-air-leak-patrol", "food-grade-lubricants-table")
DEAD: Final = "https://standards.aurora.invalid/lubrication/2019.pdf"
DRAFTS: Final = (
    ("autumn-shutdown-checklist", "Checklist for the autumn shutdown", "Who opens what, and who signs."),
    ("seals-for-cold-yards", "Seals for cold yards", "Which material still bends at minus forty."),
)
SENT: Final = (
    ("thermography-of-switchgear", "Thermography of switchgear", "A warm contact, long before it fails."),
    ("hoist-rope-discard", "When a hoist rope is discarded", "Six signs, with pictures of each."),
)
LOST: Final = ("Workshop photograph, old", "Scheme of line 2, before the rebuilding")
READERS: Final = 40
BATCH: Final = 500


def load() -> bool:
    """Lay it all out once; returns whether there was something to do."""
    if User.objects.filter(email=LEAVER).exists() or not Entry.objects.filter(slug=LINKING[0]).exists():
        return False
    with transaction.atomic():
        _leave_entries()
        _check()
        for page in _pages(UNTOLD):
            _rewrite(page, _without_description)
        drafts = [_draft(*words) for words in DRAFTS]
        for words in SENT:
            _send_for_review(_draft(*words))
        for page in _pages(LINKING):
            _rewrite(page, lambda body, page=page: [*body, _note(page, drafts[0])])
        EntryPage.objects.filter(entry__slug__in=SUMMARY_LOST).update(summary="")
        _lose_files()
        _read()
    page_facts.refill()
    weeks_ago = clock.now() - dt.timedelta(days=19)
    ExternalAddress.objects.filter(url=DEAD).update(
        status=ExternalAddress.Status.BROKEN,
        answer="404",
        failures=4,
        failing_since=weeks_ago,
        checked_at=clock.now() - dt.timedelta(days=2),
        due_at=clock.now() + dt.timedelta(days=5),
    )
    return True


def _leave_entries() -> None:
    leaver = User.objects.create_user(LEAVER, None, name="Viktor Lang", is_active=False)
    Entry.objects.filter(slug__in=LEFT_BEHIND).update(owner=leaver)


def _check() -> None:
    for number, entry in enumerate(Entry.objects.filter(slug__in=CHECKED).order_by("slug"), start=1):
        entry.checked_at = clock.now() - dt.timedelta(days=11 * number)
        entry.save(update_fields=["checked_at"])


def _pages(slugs: Iterable[str]) -> Iterable[Any]:
    """The first page of each, as what it is."""
    for slug in slugs:
        page = EntryPage.objects.live().filter(entry__slug=slug).order_by("pk").first()
        if page is not None:
            yield page.specific


def _rewrite(page: Any, change: Any) -> None:
    """Published anew without looking any newer."""
    dates = {name: getattr(page, name) for name in ("first_published_at", "last_published_at")}
    page.body = json.dumps(change(page.body.get_prep_value()))
    page.save_revision(clean=False).publish(skip_permission_checks=True)
    EntryPage.objects.filter(pk=page.pk).update(**dates)
    ReferenceIndex.create_or_update_for_object(page)


def _without_description(body: list[Any]) -> list[Any]:
    for block in body:
        if block["type"] == "image":
            block["value"]["alt_text"] = ""
            break
    return body


def _note(page: Any, draft: Any) -> dict[str, Any]:
    text = f'<p><a linktype="page" id="{draft.pk}">{draft.title}</a>, <a href="{DEAD}">ISO 6743</a></p>'
    return {"type": "text", "value": text, "id": str(uuid5(NAMESPACE_URL, f"upkeep.{page.pk}"))}


def _draft(slug: str, title: str, summary: str) -> Any:
    author = User.objects.get(email="expert@aurora.example")
    parent = Place.objects.filter(locale__language_code="en", community__slug="maintenance").first()
    parent = parent or Place.objects.filter(locale__language_code="en").order_by("pk").first()
    page = WikiPage(title=title, slug=slug, summary=summary, owner=author, live=False, locale=parent.locale)
    parent.add_child(instance=page)
    page.save_revision(user=author)
    return WikiPage.objects.get(pk=page.pk)


def _send_for_review(page: Any) -> None:
    workflow = page.get_workflow()
    if workflow is not None:
        workflow.start(page, page.owner)


def _lose_files() -> None:
    """Pictures and papers of entries that have long been rewritten."""
    entry = Entry.objects.get(slug=LINKING[0])
    collection = communities.collection_for(entry.community, entry.access)
    for model in (Image, Document):
        model_rows: Any = model.objects
        examples = model_rows.order_by("pk")[: len(LOST)]
        for title, example in zip(LOST, examples, strict=False):
            with example.file.open("rb") as file:
                content = ContentFile(file.read(), name=f"old-{example.file.name.rsplit('/', 1)[-1]}")
            lost: Any = model(title=title, file=content, collection=collection)
            if isinstance(lost, Image):
                lost._set_image_file_metadata()
            else:
                lost._set_document_file_metadata()
            lost.save()


def _read() -> None:
    """Some entries by many, some by few, and those of more than a year ago by nobody."""
    people = list(User.objects.active().order_by("pk")[:READERS])
    recent = Entry.objects.published().filter(published_at__gte=clock.now() - dt.timedelta(days=365))
    known = set(Reading.objects.filter(user__in=people).values_list("user_id", "entry_id"))
    now = clock.now()
    # However many entries there are, and the volume has tens of thousands, some are in memory at a time.
    entries = enumerate(recent.only("access", "languages").order_by("pk").iterator(BATCH))
    while batch := list(islice(entries, BATCH)):
        bulk_rows.append(
            Reading(
                user_id=person.pk,
                entry_id=entry.pk,
                language=entry.languages[0],
                progress=100 if (place + number) % 3 else 35,
                read_at=now - dt.timedelta(days=(7 * place + 3 * number) % 180),
            )
            for place, entry in batch
            if entry.access != Access.CLASSIFIED
            for number, person in enumerate(people[: (place * 17) % READERS])
            if (person.pk, entry.pk) not in known
        )
