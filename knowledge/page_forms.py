"""The form in which a page of an entry is edited in the admin."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import ngettext
from wagtail.admin.forms import WagtailAdminPageForm

# What the buttons of the editor send that make a page public, now or once it has been approved.
PUBLISHING = ("action-publish", "action-submit")


class EntryPageForm(WagtailAdminPageForm):
    def clean(self) -> dict[str, Any]:
        """A page goes out only with files that all its readers may open; a draft may wait for them."""
        cleaned: dict[str, Any] = super().clean()
        if not self.errors and any(action in self.data for action in PUBLISHING):
            self._refuse_closed_files()
        return cleaned

    def _refuse_closed_files(self) -> None:
        from knowledge.models import CommunityPage, EntryPage  # these models have this form
        from knowledge.services import files

        # The instance gets the values of the form only after it was found clean.
        page = type(self.instance)(cover=self.cleaned_data.get("cover"), body=self.cleaned_data["body"])
        page.attachments = [
            form.instance
            for form in self.formsets["attachments"].forms
            if form.is_valid() and form.instance.document_id and not form.cleaned_data.get("DELETE")
        ]
        if self.instance.entry_id is not None:
            closed = files.too_closed(page, EntryPage.objects.get(pk=self.instance.pk).entry)
        else:
            parent = CommunityPage.objects.select_related("community").get(pk=self.parent_page.pk)
            closed = files.too_closed(page, community=parent.community)
        if closed:
            names = ", ".join(f"“{file.title}”" for file in closed)
            message = ngettext(
                "Not all readers of this page may open the file %(names)s. Choose another one, or move it to a "
                "collection that is as open as the page.",
                "Not all readers of this page may open the files %(names)s. Choose others, or move them to a "
                "collection that is as open as the page.",
                len(closed),
            )
            self.add_error(None, ValidationError(message % {"names": names}, code="closed_files"))
