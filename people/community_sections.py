"""The tabs that people/ adds to a community."""

from django.utils.translation import gettext_lazy as _

from core.declarations import CommunitySection, community_sections


def register() -> None:
    community_sections.register(
        "members",
        CommunitySection(
            slug="members",
            label=_("Members"),
            url_name="community_members",
            order=80,
            shown=lambda community, viewer: viewer.may("people.view_directory"),
        ),
    )
