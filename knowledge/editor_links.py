"""Links to pages as the rich text editor keeps them."""

from typing import Any

from wagtail.admin.rich_text.converters.contentstate import link_entity
from wagtail.admin.rich_text.converters.html_to_contentstate import (
    ExternalLinkElementHandler,
    PageLinkElementHandler,
)
from wagtail.models import Page

from knowledge.permission_policies import is_withheld


class DiscreetPageLink(PageLinkElementHandler):
    """Keeps a link to a page that is not for the editing person, without saying where it leads."""

    def get_attribute_data(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if is_withheld(Page(pk=int(attrs["id"]))):
            return {"id": int(attrs["id"]), "url": None, "parentId": None}
        return super().get_attribute_data(attrs)


def keep_discreet(features: Any) -> None:
    """Put the discreet link in the place of Wagtail's."""
    features.register_converter_rule(
        "contentstate",
        "link",
        {
            "from_database_format": {
                "a[href]": ExternalLinkElementHandler("LINK"),
                'a[linktype="page"]': DiscreetPageLink("LINK"),
            },
            "to_database_format": {"entity_decorators": {"LINK": link_entity}},
        },
    )
