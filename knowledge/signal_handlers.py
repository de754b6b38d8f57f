"""Where Wagtail's own doors (editor, explorer, copy, move, schedule) lead into the services."""

from typing import Any

from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from wagtail.models import Collection
from wagtail.signals import page_published, page_unpublished, post_page_move

from core import outbox, renames
from core.models.names import NAME_FIELDS
from knowledge import tasks
from knowledge.models import (
    BestPracticePage,
    BlogPage,
    Entry,
    EntryAuthor,
    EntryPage,
    EntryShare,
    PageReference,
    Replication,
    ReplicationProof,
    SuccessStoryPage,
    Tag,
    WikiPage,
)
from knowledge.search_sources import entry_things, entry_things_of
from knowledge.services import entries, entry_news, page_facts, page_tags, tags
from people.models import Community, CommunityCollection, Competence, Document, Image, Unit, User
from people.signal_handlers import UNIT_NAMES, follow_competences

KINDS = (BestPracticePage, SuccessStoryPage, WikiPage, BlogPage)
# Pages show the names of these, or ask them who may open a file (knowledge.page_pieces).
SURROUNDINGS: tuple[type[Any], ...] = (Unit, Competence, Tag, Collection, CommunityCollection)

FILES: dict[type[Any], str] = {Image: "picture", Document: "document"}


def connect() -> None:
    for model in KINDS:
        uid = f"knowledge.{model.__name__}"
        pre_save.connect(prepare, sender=model, dispatch_uid=uid)
        page_published.connect(follow_publishing, sender=model, dispatch_uid=uid)
        page_unpublished.connect(follow_pages, sender=model, dispatch_uid=uid)
        post_delete.connect(follow_pages, sender=model, dispatch_uid=uid)
        post_page_move.connect(follow_move, sender=model, dispatch_uid=uid)
        outbox.track_related(model, lambda page: entry_things(page.entry))
    outbox.track(Entry, entry_things)
    outbox.track_related(EntryAuthor, lambda row: entry_things(row.entry))
    outbox.track_related(EntryShare, lambda row: entry_things(row.entry))
    outbox.track_related(Replication, lambda row: entry_things(row.entry))
    outbox.track_related(ReplicationProof, lambda row: entry_things(row.replication.entry))
    outbox.track_m2m(Entry.competences.through, entry_things)
    m2m_changed.connect(
        follow_competences, sender=Entry.competences.through, dispatch_uid="knowledge.follow_competences"
    )
    for surrounding in SURROUNDINGS:
        outbox.track(surrounding, surroundings)
    for model, kind in FILES.items():
        post_save.connect(follow_file, sender=model, dispatch_uid=f"knowledge.follow_{kind}")
    pre_delete.connect(follow_tag, sender=Tag, dispatch_uid="knowledge.follow_tag")
    carried: tuple[tuple[type[Any], tuple[str, ...], str, Any], ...] = (
        (Unit, UNIT_NAMES, "entries by unit", Entry.objects.of_unit),
        (Competence, NAME_FIELDS, "entries by competence", Entry.objects.about),
        (Tag, ("name", "slug"), tags.CARRIERS, Entry.objects.tagged),
        (User, ("name",), "entries by author", Entry.objects.written_by),
        (Document, ("title", "file", "collection_id"), "entries by file", Entry.objects.with_file),
        # Whose files are closed now is found by them no longer, and the other way round.
        (Community, ("access", "state"), "entries by community of files", Entry.objects.with_files_of),
        (CommunityCollection, ("access",), "entries by collection of files", Entry.objects.with_files_in),
    )
    for model, names, called, carrying in carried:
        renames.follow(model, names, renames.Carriers(called, carrying, entry_things_of))
    page_facts.follow()


def surroundings(row: Any) -> list[outbox.Thing]:
    """No reader is told of these by themselves, but what is kept of pages falls when they change."""
    return [outbox.Thing(row._meta.model_name, str(row.pk), [])]


def prepare(instance: EntryPage, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        entries.attach(instance)
        entries.measure(instance)
        page_tags.settle(instance)


def follow_publishing(instance: EntryPage, revision: Any = None, **kwargs: Any) -> None:
    is_new = instance.entry.published_at is None
    entries.follow_pages(instance.entry)
    tell = entry_news.tell_of_new if is_new else entry_news.tell_of_change
    tell(entry=instance.entry, by=getattr(revision, "user", None))
    tasks.prepare_pictures.enqueue(instance.pk)


def follow_pages(instance: EntryPage, **kwargs: Any) -> None:
    entries.follow_pages(instance.entry)


def follow_move(instance: Any, **kwargs: Any) -> None:
    page = instance.specific
    if isinstance(page, EntryPage):
        entries.follow_move(page)


def follow_file(sender: type[Any], instance: Any, created: bool, **kwargs: Any) -> None:
    kind = FILES[sender]
    if not created and PageReference.objects.filter(**{kind: instance.pk}).exists():
        tasks.refresh_users_of_file.enqueue(kind, instance.pk)


def follow_tag(instance: Tag, **kwargs: Any) -> None:
    tags.announce_tagged(instance)
