"""What the admin's forms do when a service refuses."""

from typing import Any

from django.http import HttpResponse


class TellsRefusal:
    """Mix into Wagtail's generic create and edit views: a refusal is told above the form, and nothing is saved."""

    refusals: tuple[type[Exception], ...] = ()
    produced_error_message: Any

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)  # type: ignore[misc]
        except self.refusals as refusal:
            form.add_error(None, str(refusal))
            self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
            return self.form_invalid(form)  # type: ignore[attr-defined]
