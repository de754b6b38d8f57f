"""The tabs that people/ adds to a community, for everybody and for its leads."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.declarations import CommunitySection, community_sections, community_tools


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
    for order, (slug, label, url_name) in enumerate(
        (
            ("to-do", pgettext_lazy("of a lead", "To do"), "community_to_do"),
            ("texts", _("Texts and look"), "manage_community"),
            ("members", _("Members"), "community_members"),
            ("rules", _("Membership rules"), "membership_rules"),
            ("invitations", _("Invitations"), "community_invitations"),
        )
    ):
        community_tools.register(
            slug, CommunitySection(slug=slug, label=label, url_name=url_name, order=order * 10)
        )
