from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel


class EntryDetailsPanel(Panel):
    """In the page editor: what is the same in all languages of the entry, and the way to change it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", _("The same in every language"))
        super().__init__(**kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "knowledge/admin/entry_details_panel.html"

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            entry = getattr(self.instance, "entry", None) if self.instance.entry_id else None
            context["entry"] = entry
            context["edit_url"] = reverse("entry:edit", args=[entry.pk]) if entry else None
            return context
