"""The forms in which pages of entries and communities are edited in the admin."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.forms import WagtailAdminPageForm

from knowledge.file_choosers import file_titles, withheld
from people import access, time_zones
from people.models import Document, Image

# What the buttons of the editor send that make a page public, now or once it has been approved.
PUBLISHING = ("action-publish", "action-submit")
# Fields with a moment, which a form takes in the time of the person.
PLANNED = ("go_live_at", "expire_at")


class DiscreetPageForm(WagtailAdminPageForm):
    """Lets no file in that the editing person may not open, and does not say whether there is one.

    What another has put into the page before stays.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = getattr(self.for_user, "time_zone", "")
        for name in PLANNED:
            if zone and name in self.fields:
                text = _("In your time: %(zone)s. Others see it in theirs.") % {"zone": time_zones.said(zone)}
                self.fields[name].help_text = text

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if not self.errors:
            # The instance gets the values of the form only after it was found clean.
            before, after = self._named(self.instance), self._named(self._edited())
            if any(withheld(model, after[model] - before[model]) for model in after):
                message = _(
                    "A file that you chose does not exist, or is not open to you. Choose another one."
                )
                self.add_error(None, ValidationError(message, code="hidden_file"))
        return cleaned

    def _edited(self) -> Any:
        """A page as the form would make it, for looking at alone."""
        return type(self.instance)(welcome=self.cleaned_data["welcome"])

    def _named(self, page: Any) -> dict[Any, set[int]]:
        from knowledge import raw_blocks  # which reads the models that have this form

        named = raw_blocks.named_in(page.welcome)
        return {Image: set(named.images), Document: set(named.documents)}


class EntryPageForm(DiscreetPageForm):
    def clean_tags(self) -> list[str]:
        """Tags there are already, however the writer spells them or knew them before."""
        from knowledge.services import page_tags  # which changes the models that have this form

        return page_tags.current_names(self.cleaned_data["tags"], access.viewer_of(self.for_user))

    def clean(self) -> dict[str, Any]:
        """A page goes out only with files that all its readers may open; a draft may wait for them."""
        cleaned: dict[str, Any] = super().clean()
        if not self.errors and any(action in self.data for action in PUBLISHING):
            self._refuse_closed_files()
        return cleaned

    def _edited(self) -> Any:
        page = type(self.instance)(cover=self.cleaned_data.get("cover"), body=self.cleaned_data["body"])
        page.attachments = [
            form.instance
            for form in self.formsets["attachments"].forms
            if form.is_valid() and form.instance.document_id and not form.cleaned_data.get("DELETE")
        ]
        return page

    def _named(self, page: Any) -> dict[Any, set[int]]:
        from knowledge.services import files  # which change the models that have this form

        images, documents = files.named_by(page)
        return {Image: images, Document: documents}

    def _refuse_closed_files(self) -> None:
        from knowledge.models import CommunityPage, EntryPage  # these models have this form
        from knowledge.services import files

        page = self._edited()
        if self.instance.entry_id is not None:
            closed = files.too_closed(page, EntryPage.objects.get(pk=self.instance.pk).entry)
        else:
            parent = CommunityPage.objects.select_related("community").get(pk=self.parent_page.pk)
            closed = files.too_closed(page, community=parent.community)
        if closed:
            names = ", ".join(f"“{title}”" for title in file_titles(closed))
            message = ngettext(
                "Not all readers of this page may open the file %(names)s. Choose another one, or move it to a "
                "collection that is as open as the page.",
                "Not all readers of this page may open the files %(names)s. Choose others, or move them to a "
                "collection that is as open as the page.",
                len(closed),
            )
            self.add_error(None, ValidationError(message % {"names": names}, code="closed_files"))
