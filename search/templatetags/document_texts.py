"""Whether a document is found by what stands inside it."""

from django import template
from django.utils.translation import gettext as _

from people.models import Document
from search.choices import TextState
from search.models import DocumentText

register = template.Library()


@register.simple_tag
def document_text_status(document: Document) -> str:
    """One or two sentences for those who care for documents: the state, and why it is not the one they wish."""
    row = DocumentText.objects.filter(document=document).defer("text").first()
    if row is None:
        return f"{TextState.WAITING.label}."
    return " ".join(filter(None, [f"{row.get_state_display()}.", str(_reason(row))]))


def _reason(row: DocumentText) -> str:
    if row.state == TextState.FAILED:
        return str(row.get_failure_display())
    if row.state == TextState.EMPTY:
        return _(
            "Pages that were scanned are pictures to a search: write in the description what they are about."
        )
    if row.is_cut:
        return _("The file is long: its beginning is searched.")
    return ""
