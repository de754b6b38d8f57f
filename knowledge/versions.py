"""The published versions of a page: who may look back, at what, and what changed between two of them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import PageLogEntry, Revision

from knowledge import reading, version_diff
from knowledge.choices import EntryKind
from knowledge.models import Entry, EntryPage
from knowledge.version_diff import Row
from people.access import Viewer

# Not `wagtail.revert`: going back is a draft like any other, until it is published too.
PUBLISHING = ("wagtail.publish", "wagtail.publish.scheduled")
# Of those every reader may see how they came about.
KEPT_IN_COMMON = {EntryKind.WIKI, EntryKind.BLOG}
MOST = 200


@dataclass(frozen=True)
class Version:
    """One version that readers have had before them: the revision's number, when it went out and by whom."""

    number: int
    at: dt.datetime
    by: str


def may_look_back(entry: Entry, viewer: Viewer) -> bool:
    """Wiki pages and blog posts are written before everybody's eyes; what others once said is its keepers' matter."""
    return entry.kind in KEPT_IN_COMMON or reading.may_check(entry, viewer)


def of(page: EntryPage) -> list[Version]:
    """Newest first; drafts that were never published are nobody's but their writers'."""
    rows = (
        PageLogEntry.objects.filter(page=page.pk, action__in=PUBLISHING, revision__isnull=False)
        .select_related("user", "revision__user")
        .order_by("-timestamp", "-pk")[:MOST]
    )
    found: dict[int, Version] = {}
    for row in rows:
        by = row.user or row.revision.user
        found.setdefault(row.revision_id, Version(row.revision_id, row.timestamp, by.name if by else ""))
    return list(found.values())


def changes(page: EntryPage, before: Version, after: Version, viewer: Viewer) -> list[Row]:
    """What changed from one version to another, as the viewer may read both."""
    one, other = (_lines(page, version, viewer) for version in (before, after))
    return version_diff.compare(one, other)


def _lines(page: EntryPage, version: Version, viewer: Viewer) -> Sequence[str]:
    revision = Revision.page_revisions.get(pk=version.number, object_id=str(page.pk))
    then: Any = revision.as_object()
    head = [then.title, then.summary]
    for block in then.effects:
        value = block.value
        figures = " → ".join(str(value[name]) for name in ("before", "after") if value[name] is not None)
        head.append(
            _("Figure: %(what)s") % {"what": f"{value['measure']} {figures} {value['unit'] or ''}".strip()}
        )
    return [line for line in head if line] + version_diff.body_lines(
        then.body, page.locale.language_code, viewer
    )
