"""The tabs that knowledge/ adds to a community."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.declarations import CommunitySection, community_sections
from knowledge.choices import EntryKind


@dataclass(frozen=True)
class ContentSection:
    """A list of one kind of entries in a community."""

    slug: str
    kind: EntryKind
    label: Any
    lead: Any
    empty: Any


CONTENT: Mapping[str, ContentSection] = {
    section.slug: section
    for section in (
        ContentSection(
            "best-practices",
            EntryKind.BEST_PRACTICE,
            _("Best practices"),
            _("What works here, described so that others can do it too"),
            _("No best practice has been published here yet"),
        ),
        ContentSection(
            "success-stories",
            EntryKind.SUCCESS_STORY,
            _("Success stories"),
            _("What was done, what it brought, and what did not work"),
            _("No success story has been published here yet"),
        ),
        ContentSection(
            "wiki",
            EntryKind.WIKI,
            _("Wiki"),
            _("What everybody here should be able to look up"),
            _("The wiki has no pages yet"),
        ),
        ContentSection(
            "blog",
            EntryKind.BLOG,
            _("Blog"),
            _("Notes of people in this community, newest first"),
            _("Nobody has written in the blog yet"),
        ),
    )
}
SLUGS: Mapping[str, str] = {str(section.kind): section.slug for section in CONTENT.values()}


def register() -> None:
    community_sections.register(
        "overview", CommunitySection("overview", _("Overview"), url_name="community", order=0)
    )
    for place, section in enumerate(CONTENT.values()):
        community_sections.register(
            section.slug,
            CommunitySection(
                section.slug,
                section.label,
                url_name="community_entries",
                arguments={"section": section.slug},
                order=10 + place * 10,
            ),
        )
    community_sections.register(
        "topics", CommunitySection("topics", _("Topics"), url_name="community_topics", order=60)
    )
    community_sections.register(
        "statistics",
        CommunitySection("statistics", _("Statistics"), url_name="community_statistics", order=90),
    )
