"""What the checker looks for in the preview of a page, in our words: the article alone, not the site around it."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.userbar import ContentCheckerItem


class ArticleChecks(ContentCheckerItem):
    axe_include = ["main"]
    axe_exclude = ["[data-not-checked]"]
    axe_run_only = [
        *ContentCheckerItem.axe_run_only,
        "image-alt",
        "image-redundant-alt",
        "link-in-text-block",
        "list",
        "table-duplicate-name",
        "td-headers-attr",
    ]
    # Nobody's search engine reads an intranet; the summary is what lists and search show, and that is required.
    axe_rules = {"empty-meta-description": {"enabled": False}}
    axe_custom_rules = [
        {**rule, "enabled": rule["id"] != "empty-meta-description"}
        for rule in ContentCheckerItem.axe_custom_rules
    ]
    axe_messages = {
        **ContentCheckerItem.axe_messages,
        "alt-text-quality": {
            "error_name": _("A description that reads like the name of a file"),
            "help_text": _("Say in words what the picture shows."),
        },
        "heading-order": {
            "error_name": _("A level of headings is skipped"),
            "help_text": _("A sub-section stands below a section."),
        },
        "image-alt": {
            "error_name": _("A picture without a description"),
            "help_text": _("Say what it shows, for those who cannot see it."),
        },
        "image-redundant-alt": {
            "error_name": _("A picture and the text beside it say the same"),
            "help_text": _(
                "A screen reader reads it twice: say something else, or leave the description empty."
            ),
        },
        "link-in-text-block": {
            "error_name": _("A link that only its colour tells apart"),
            "help_text": _("Write it as a link, not as coloured text."),
        },
        "link-name": {
            "error_name": _("A link without words"),
            "help_text": _("Say in words where it leads."),
        },
        "list": {
            "error_name": _("A list with something else between its items"),
            "help_text": _("Make it one list."),
        },
        "p-as-heading": {
            "error_name": _("A bold paragraph that looks like a heading"),
            "help_text": _("Use a heading: the list of contents and screen readers find it."),
        },
        "table-duplicate-name": {
            "error_name": _("A table whose caption and summary are the same"),
            "help_text": _("Say it once."),
        },
        "td-headers-attr": {
            "error_name": _("A table whose cells name no heading of it"),
            "help_text": _("Make the first row or column its headings."),
        },
    }


def check_articles(request: Any, items: list[Any], page: Any) -> None:
    """In the place of Wagtail's own, wherever the user bar or the editor would have it."""
    items[:] = [
        ArticleChecks(in_editor=item.in_editor) if isinstance(item, ContentCheckerItem) else item
        for item in items
    ]
