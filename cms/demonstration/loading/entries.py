"""The entries: first all their pages as drafts, then, when every link has somewhere to lead, their bodies."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5
from zlib import crc32

from django.core.files.base import ContentFile
from django.db import transaction
from wagtail.models import PageLogEntry, ReferenceIndex

from cms.demonstration import attachments, markdown, source
from cms.demonstration.loading.files import Workshop
from cms.demonstration.loading.organisation import Organisation
from cms.demonstration.loading.shift import Shift
from knowledge.models import (
    BestPracticePage,
    BlogPage,
    CommunityPage,
    Entry,
    EntryAttachment,
    EntryPage,
    SuccessStoryPage,
    Tag,
    WikiPage,
)
from knowledge.services import entries, tags
from people.models import Community, Competence, Document, Image, User
from people.services import communities

PAGES: Final[dict[str, type[EntryPage]]] = {
    "best_practice": BestPracticePage,
    "success_story": SuccessStoryPage,
    "wiki": WikiPage,
    "blog": BlogPage,
}


@dataclass(frozen=True)
class Company:
    """What an entry refers to, by its id in the content."""

    demonstration: source.Demonstration
    organisation: Organisation
    competences: dict[str, Competence]
    people: dict[str, User]
    communities: dict[str, Community]
    shift: Shift

    def lead_of(self, community_id: str) -> User:
        return self.people[self.demonstration.communities_by_id[community_id].leads[0]]

    def published_at(self, entry: source.Entry) -> dt.datetime:
        """In working hours of the enterprise, not all on the stroke of nine."""
        number = crc32(f"{entry.slug}.{entry.language}".encode())
        zone = self.organisation.enterprises[entry.enterprise].time_zone
        return self.shift.moment(
            entry.published_date, zone=zone, hour=8 + number % 9, minute=number // 9 % 60
        )


def load(company: Company, workshop: Workshop) -> None:
    groups = company.demonstration.translations
    # Of ours alone: beside them there may be a whole company's.
    own_pages = EntryPage.objects.filter(entry__slug__in=groups)
    existing = set(Entry.objects.filter(slug__in=groups).values_list("slug", flat=True))
    drafts = set(own_pages.filter(first_published_at=None).values_list("entry__slug", flat=True))
    wanted = {slug: group for slug, group in groups.items() if slug not in existing or slug in drafts}
    _order(wanted.values(), company, workshop)
    for slug, group in wanted.items():
        if slug not in existing:
            _draft(group, company)
    pages = {
        (page.entry.slug, page.locale.language_code): page
        for page in own_pages.select_related("entry__community", "locale")
    }
    for slug, group in wanted.items():
        _publish(
            group, {entry.language: pages[slug, entry.language] for entry in group}, pages, company, workshop
        )


def _order(groups: Iterable[tuple[source.Entry, ...]], company: Company, workshop: Workshop) -> None:
    for group in groups:
        for entry in group:
            workshop.order_figures(markdown.figures(entry.body))
            for attachment in entry.attachments:
                content = partial(
                    attachments.outline,
                    attachment,
                    entry,
                    enterprise=company.organisation.enterprises[entry.enterprise].name,
                    person_name=lambda person_id: company.people[person_id].name,
                )
                workshop.order_attachment(entry.slug, attachment.name, content)


@transaction.atomic
def _draft(group: tuple[source.Entry, ...], company: Company) -> None:
    """An unpublished page in each language, and the entry that they share."""
    original, *_translations = group
    translation_key = uuid5(NAMESPACE_URL, f"entry:{original.slug}")
    for text in group:
        parent = CommunityPage.objects.get(
            community=company.communities[text.community], locale__language_code=text.language
        )
        page = PAGES[text.kind](
            title=text.title,
            slug=text.slug,
            summary=text.summary,
            locale=parent.locale,
            translation_key=translation_key,
            owner=company.people[text.authors[0]],
            live=False,
        )
        parent.add_child(instance=page)
    _describe(Entry.objects.get(slug=original.slug), original, company)


def _describe(entry: Entry, original: source.Entry, company: Company) -> None:
    author = company.demonstration.people_by_id[original.authors[0]]
    entry.enterprise = company.organisation.enterprises[original.enterprise]
    if author.enterprise == original.enterprise:
        entry.department = company.organisation.departments[author.enterprise, author.department]
    entry.difficulty = original.difficulty
    if effect := original.economic_effect:
        entry.effect_amount = effect.amount
        entry.effect_currency = effect.currency
        entry.effect_period = effect.period
    if original.review_date:
        entry.review_date = company.shift.day(original.review_date)
    entry.competences.set([company.competences[competence] for competence in original.competences])
    entry.save()
    entries.set_authors(entry=entry, authors=[company.people[author] for author in original.authors])
    if entry.access != original.access:
        entries.set_access(entry=entry, by=company.lead_of(original.community), access=original.access)


@transaction.atomic
def _publish(
    group: tuple[source.Entry, ...],
    own_pages: dict[str, EntryPage],
    pages: dict[tuple[str, str], EntryPage],
    company: Company,
    workshop: Workshop,
) -> None:
    original = group[0]
    entry = own_pages[original.language].entry
    author = company.people[original.authors[0]]
    collection = communities.collection_for(entry.community, entry.access)
    images: dict[str, Image] = {}
    documents: dict[str, Document] = {}
    for text in group:
        page = own_pages[text.language].specific
        if page.first_published_at is not None:
            continue
        blocks = markdown.blocks(text.body, _links(text, pages, company))
        for value in (block["value"] for block in blocks if block["type"] == "image"):
            if value["figure"] not in images:
                images[value["figure"]] = _image(value, collection, author, workshop)
        for attachment in text.attachments:
            if attachment.name not in documents:
                documents[attachment.name] = _document(attachment, text, collection, author, workshop)
        page.body = json.dumps([_raw(text, str(part), block, images) for part, block in enumerate(blocks)])
        page.effects = json.dumps(
            [_raw_effect(text, number, effect) for number, effect in enumerate(text.effects)]
        )
        page.cover = next((images[figure] for figure in markdown.figures(text.body)), None)
        page.tags.set([_tag(name, company) for name in text.tags])
        page.attachments = [
            EntryAttachment(
                document=documents[attachment.name], description=attachment.description, sort_order=order
            )
            for order, attachment in enumerate(text.attachments)
        ]
        _go_live(page, author=company.people[text.authors[0]], at=company.published_at(text))
    entries.follow_pages(entry)


def _go_live(page: EntryPage, *, author: User, at: dt.datetime) -> None:
    """Published through a revision as an editor would, then dated back to the day of the content."""
    page.save_revision(user=author).publish(user=author, skip_permission_checks=True)
    type(page).objects.filter(pk=page.pk).update(
        first_published_at=at, last_published_at=at, latest_revision_created_at=at
    )
    page.revisions.update(created_at=at)
    PageLogEntry.objects.filter(page=page.pk).update(timestamp=at)
    ReferenceIndex.create_or_update_for_object(page)


def _image(value: dict[str, str], collection: Any, author: User, workshop: Workshop) -> Image:
    figure_id = value["figure"]
    image = Image(
        title=value["alt_text"][:255],
        alt_text=value["alt_text"][:255],
        file=ContentFile(workshop.figure(figure_id), name=f"{figure_id}.png"),
        collection=collection,
        uploaded_by_user=author,
    )
    image._set_image_file_metadata()
    image.save()
    return image


def _document(
    attachment: source.Attachment, text: source.Entry, collection: Any, author: User, workshop: Workshop
) -> Document:
    document = Document(
        title=attachment.name,
        description=attachment.description,
        file=ContentFile(workshop.attachment(text.slug, attachment.name), name=attachment.name),
        collection=collection,
        uploaded_by_user=author,
    )
    document._set_document_file_metadata()
    document.save()
    return document


def _tag(name: str, company: Company) -> Tag:
    moderator = company.people[company.demonstration.demo_accounts["moderator"]]
    return Tag.objects.filter(name__iexact=name).first() or tags.create(name=name, by=moderator)


def _links(text: source.Entry, pages: dict[tuple[str, str], EntryPage], company: Company) -> markdown.Links:
    """An entry that is linked to is read in the language of the text, else in one that it has."""

    def page_for(slug: str) -> int | None:
        group = company.demonstration.translations.get(slug, ())
        languages = [text.language, *(entry.language for entry in group)]
        found = next((pages[slug, language] for language in languages if (slug, language) in pages), None)
        return found.pk if found else None

    def person_for(person_id: str) -> markdown.PersonLink:
        user = company.people[person_id]
        return markdown.PersonLink(name=user.name, url=user.get_absolute_url())

    return markdown.Links(entry=page_for, person=person_for)


def _raw(text: source.Entry, part: str, block: markdown.Block, images: dict[str, Image]) -> dict[str, Any]:
    """The block as StreamField stores it: with ids, and with pictures by their keys."""
    value = block["value"]
    if block["type"] == "image":
        value = {**value, "image": images[value["figure"]].pk}
        del value["figure"]
    elif block["type"] == "steps":
        steps = enumerate(value["items"])
        items = [{"type": "item", "value": step, "id": _id(text, f"{part}.{index}")} for index, step in steps]
        value = {"items": items}
    return {"type": block["type"], "value": value, "id": _id(text, part)}


def _raw_effect(text: source.Entry, number: int, effect: source.Effect) -> dict[str, Any]:
    value = {
        "measure": effect.measure,
        "unit": effect.unit,
        "before": str(effect.before),
        "after": str(effect.after),
    }
    return {"type": "effect", "value": value, "id": _id(text, f"effect.{number}")}


def _id(text: source.Entry, part: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"{text.slug}.{text.language}#{part}"))
