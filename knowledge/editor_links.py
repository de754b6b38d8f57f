"""Links to pages and documents as the rich text editor keeps them."""

from typing import Any

from wagtail.admin.rich_text.converters.contentstate import link_entity
from wagtail.admin.rich_text.converters.html_to_contentstate import (
    ExternalLinkElementHandler,
    PageLinkElementHandler,
)
from wagtail.documents.rich_text.contentstate import DocumentLinkElementHandler, document_link_entity
from wagtail.models import Page

from knowledge.file_choosers import not_open, withheld
from knowledge.permission_policies import is_withheld
from people.models import Document


class DiscreetPageLink(PageLinkElementHandler):
    """Keeps a link to a page that is not for the editing person, without saying where it leads."""

    def get_attribute_data(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if is_withheld(Page(pk=int(attrs["id"]))):
            return {"id": int(attrs["id"]), "url": None, "parentId": None}
        return super().get_attribute_data(attrs)


class DiscreetDocumentLink(DocumentLinkElementHandler):
    """The same for a link to a document."""

    def get_attribute_data(self, attrs: dict[str, Any]) -> Any:
        key = str(attrs.get("id", ""))
        if key.isdecimal() and withheld(Document, {int(key)}):
            return {"id": int(key), "url": None, "filename": not_open()}
        return super().get_attribute_data(attrs)


def keep_discreet(features: Any) -> None:
    """Put the discreet links in the place of Wagtail's."""
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
    features.register_converter_rule(
        "contentstate",
        "document-link",
        {
            "from_database_format": {'a[linktype="document"]': DiscreetDocumentLink("DOCUMENT")},
            "to_database_format": {"entity_decorators": {"DOCUMENT": document_link_entity}},
        },
    )
