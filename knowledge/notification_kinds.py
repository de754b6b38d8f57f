"""What people are told of entries: what is new, and what becomes of corrections."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.notifications import Cadence, NotificationKind, Occurrence, Words, kinds
from knowledge.choices import CorrectionState
from knowledge.models import Correction, Topic
from knowledge.services.topics import TOPIC_CLOSED, TOPIC_OPENED
from people.access import Viewer

ENTRY_PUBLISHED = "entry_published"
ENTRY_CHANGED = "entry_changed"
CORRECTION_SUGGESTED = "correction_suggested"
CORRECTION_DECIDED = "correction_decided"


def correction_key(correction: Correction) -> str:
    """The name of the event that a correction is suggested."""
    return f"correction:{correction.pk}"


def _published(occurrences: Sequence[Occurrence], viewer: Viewer) -> list[Words | None]:
    return [
        Words(
            title=_("New in “%(community)s”: “%(title)s”")
            % {"community": occurrence.card.context, "title": occurrence.card.title},
            url=occurrence.card.url,
        )
        if occurrence.card
        else None
        for occurrence in occurrences
    ]


def _changed(occurrences: Sequence[Occurrence], viewer: Viewer) -> list[Words | None]:
    return [
        Words(
            title=_("There is a new version of “%(title)s”") % {"title": occurrence.card.title},
            url=occurrence.card.url,
        )
        if occurrence.card
        else None
        for occurrence in occurrences
    ]


def _suggestions(occurrences: Sequence[Occurrence], viewer: Viewer) -> list[Words | None]:
    """As long as they are open, to those who decide them."""
    rows = Correction.objects.decided_by(viewer).for_listing()
    found = _by_key(rows.filter(state=CorrectionState.OPEN, entry__published_at__isnull=False), occurrences)
    return [_suggestion(found.get(occurrence.data["correction"])) for occurrence in occurrences]


def _suggestion(correction: Any) -> Words | None:
    if correction is None:
        return None
    reader, title = correction.suggested_by.name, correction.title
    parts = [_("%(reader)s suggests a correction to “%(title)s”.") % {"reader": reader, "title": title}]
    if correction.quoted:
        parts += [_("The passage:"), correction.quoted]
    parts += [_("How it should read, and why:"), correction.proposed]
    return Words(
        title=_("A correction to “%(title)s” is suggested") % {"title": title},
        text="\n\n".join(parts),
        url=correction.get_absolute_url(),
        action=_("Accept or decline it here:"),
    )


def _decisions(occurrences: Sequence[Occurrence], viewer: Viewer) -> list[Words | None]:
    """To who suggested it, as long as they may see the entry; of one that is withdrawn without its title."""
    rows = Correction.objects.visible_to(viewer).for_listing().filter(suggested_by=viewer.user_id)
    found = _by_key(rows.exclude(state=CorrectionState.OPEN), occurrences)
    return [_decision(found.get(occurrence.data["correction"])) for occurrence in occurrences]


def _decision(correction: Any) -> Words | None:
    if correction is None:
        return None
    is_accepted = correction.state == CorrectionState.ACCEPTED
    if correction.title:
        said = (
            _("Your correction to “%(title)s” is accepted")
            if is_accepted
            else _("Your correction to “%(title)s” is declined")
        )
        title = said % {"title": correction.title}
    else:
        title = _("Your correction is accepted") if is_accepted else _("Your correction is declined")
    parts = [] if correction.title else [_("The entry is not published any more.")]
    decided = _("%(person)s has read what you suggested.") % {"person": correction.decided_by.name}
    parts += [f"{decided} {_('They write:')}", correction.answer] if correction.answer else [decided]
    return Words(title=title, text="\n\n".join(parts), url=correction.get_absolute_url())


def _by_key(rows: Any, occurrences: Sequence[Occurrence]) -> dict[int, Any]:
    wanted = [occurrence.data["correction"] for occurrence in occurrences]
    return {row.pk: row for row in rows.filter(pk__in=wanted)}


def _topics_opened(occurrences: Sequence[Occurrence], viewer: Viewer) -> list[Words | None]:
    return [
        Words(
            title=_("A topic in “%(community)s”: “%(title)s”")
            % {"community": occurrence.card.context, "title": occurrence.card.title},
            url=occurrence.card.url,
        )
        if occurrence.card
        else None
        for occurrence in occurrences
    ]


def _topics_closed(occurrences: Sequence[Occurrence], viewer: Viewer) -> list[Words | None]:
    """With what came of them, as it is said now."""
    keys = [occurrence.event.subject_key for occurrence in occurrences]
    outcomes = dict(Topic.objects.filter(public_id__in=keys).values_list("public_id", "outcome"))
    return [
        Words(
            title=_("“%(title)s” is closed") % {"title": occurrence.card.title},
            text=outcomes.get(occurrence.event.subject_key, ""),
            url=occurrence.card.url,
        )
        if occurrence.card
        else None
        for occurrence in occurrences
    ]


def register() -> None:
    entries, corrections = gettext_lazy("Entries"), gettext_lazy("Corrections")
    topics = gettext_lazy("Topics")
    for kind in (
        NotificationKind(
            name=TOPIC_OPENED,
            label=gettext_lazy("A new topic in a community of yours, or about a competence that you follow"),
            group=topics,
            icon="messages",
            describe=_topics_opened,
        ),
        NotificationKind(
            name=TOPIC_CLOSED,
            label=gettext_lazy("A topic that you take part in is closed"),
            group=topics,
            icon="circle-check",
            describe=_topics_closed,
        ),
        NotificationKind(
            name=ENTRY_PUBLISHED,
            label=gettext_lazy("A new entry of a community, person or competence that you follow"),
            group=entries,
            icon="notes",
            describe=_published,
        ),
        NotificationKind(
            name=ENTRY_CHANGED,
            label=gettext_lazy("A new version of an entry that you follow"),
            group=entries,
            icon="versions",
            describe=_changed,
        ),
        NotificationKind(
            name=CORRECTION_SUGGESTED,
            label=gettext_lazy("A reader suggests a correction that you decide"),
            group=corrections,
            icon="writing",
            describe=_suggestions,
            email=Cadence.INSTANT,
            push=True,
            judges_itself=True,
        ),
        NotificationKind(
            name=CORRECTION_DECIDED,
            label=gettext_lazy("Your correction is accepted or declined"),
            group=corrections,
            icon="writing",
            describe=_decisions,
            email=Cadence.INSTANT,
            push=True,
            judges_itself=True,
        ),
    ):
        kinds.register(kind.name, kind)
