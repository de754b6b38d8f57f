"""The help for editors in the admin."""

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms import editor_help

LONGEST_QUESTION = 100


class HelpStart(WagtailAdminTemplateMixin, TemplateView):
    """All pages with their headings; or what is found in them."""

    template_name = "cms/admin/help_start.html"
    page_title = gettext_lazy("Help")
    header_icon = "help"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": _("Help")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        question = self.request.GET.get("q", "")[:LONGEST_QUESTION].strip()
        return super().get_context_data(
            question=question, found=editor_help.search(question), pages=editor_help.pages(), **kwargs
        )


class HelpPage(WagtailAdminTemplateMixin, TemplateView):
    template_name = "cms/admin/help_page.html"
    header_icon = "help"

    def dispatch(self, *args: Any, **kwargs: Any) -> Any:
        found = editor_help.page(kwargs["name"])
        if found is None:
            raise Http404
        self.page = found
        return super().dispatch(*args, **kwargs)

    def get_page_title(self) -> str:
        return self.page.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("editor_help"), "label": _("Help")},
            {"url": "", "label": self.page.title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(page=self.page, pages=editor_help.pages(), **kwargs)
