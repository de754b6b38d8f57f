"""Wagtail's bulk actions on entries: in their list and in the reports. What is chosen, asked and begun; no more."""

import copy
from typing import Any, cast
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages as admin_messages
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.permissions import policy_registry

from knowledge import bulk_forms
from knowledge.choices import LASTING, BulkState
from knowledge.choices import BulkAction as Action
from knowledge.models import BulkChange, Entry
from knowledge.services import bulk_changes
from people.models import User

NAMED = 20


def found_by(request: HttpRequest, address: str) -> Any:
    """The entries that the list at an address of ours finds, with its filters and words."""
    parts = urlsplit(address)
    try:
        match = resolve(parts.path)
    except Resolver404 as error:
        raise Http404 from error
    view_class = getattr(match.func, "view_class", None)
    if getattr(view_class, "model", None) is not Entry and match.view_name != "entry:index":
        raise Http404
    asked = copy.copy(request)
    asked.GET = QueryDict(parts.query)
    view = cast(Any, view_class)(**cast(Any, match.func).view_initkwargs)
    view.setup(asked, *match.args, **match.kwargs)
    return view.get_queryset()


class EntryBulkAction(BulkAction):
    """`action` is what is done; the rights of each entry are asked when it is done."""

    action: Action
    models = [Entry]
    template_name = "knowledge/admin/bulk_action.html"
    form_class: Any = bulk_forms.BulkForm

    def chosen(self) -> Any:
        keys = self.request.GET.getlist("id")
        if "all" in keys:
            # A list of ours shows what the person looks after and no more. To join it once more with that is what
            # PostgreSQL does row by row right after a large import: 5 000 entries took it minutes.
            return Entry.objects.filter(pk__in=found_by(self.request, self.next_url).order_by().values("pk"))
        policy = policy_registry.get_by_type(Entry)
        ours = policy.instances_user_has_permission_for(self.request.user, "change")
        return ours.filter(pk__in=[int(key) for key in keys if key.isdecimal()])

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "by": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chosen = self.chosen()
        count = chosen.count()
        titled = chosen.titled((get_language() or "en").split("-")[0]).select_related("community")
        if "form" not in kwargs:
            kwargs["form"] = self.get_form()
        return {
            **kwargs,
            "view": self,
            "count": count,
            "entries": titled.order_by("pk")[:NAMED],
            "more": max(0, count - NAMED),
            "heading": self.display_name,
            "in_background": count > bulk_changes.AT_ONCE,
            "is_lasting": self.action in LASTING,
            "next": self.next_url,
            "submit_url": f"{self.request.path}?{self.request.META['QUERY_STRING']}",
        }

    def form_valid(self, form: Any) -> HttpResponse:
        change = bulk_changes.ask(
            by=cast(User, self.request.user),
            action=self.action,
            arguments=form.arguments(),
            entries=self.chosen().order_by().values_list("pk", flat=True),
            token=form.cleaned_data["token"],
        )
        place = reverse("bulk_change:one", args=[change.public_id])
        if change.state == BulkState.RUNNING:
            return redirect(place)
        counted = BulkChange.objects.with_counts().get(pk=change.pk)
        said = ngettext("Done for %(count)d entry.", "Done for %(count)d entries.", counted.done_count)
        button = admin_messages.button(place, _("See what was done"))
        told = said % {"count": counted.done_count}
        if counted.refused_count:
            refused = ngettext(
                "%(count)d entry was left as it is.",
                "%(count)d entries were left as they are.",
                counted.refused_count,
            )
            told = f"{told} {refused % {'count': counted.refused_count}}"
            admin_messages.warning(self.request, told, buttons=[button])
        else:
            admin_messages.success(self.request, told, buttons=[button])
        return redirect(self.next_url)

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form))


def _action(action: Action, asks: type[bulk_forms.BulkForm], priority: int) -> type[EntryBulkAction]:
    return type(
        f"Bulk{action.name.title().replace('_', '')}",
        (EntryBulkAction,),
        {
            "action": action,
            "display_name": action.label,
            "aria_label": action.label,
            "action_type": action.value,
            "form_class": asks,
            "action_priority": priority,
        },
    )


BULK_ACTIONS = [
    _action(Action.HAND_OVER, bulk_forms.HandOverForm, 10),
    _action(Action.CONFIRM, bulk_forms.ReviewDateForm, 20),
    _action(Action.MOVE, bulk_forms.MoveForm, 30),
    _action(Action.ADD_TAGS, bulk_forms.AddTagsForm, 40),
    _action(Action.REMOVE_TAGS, bulk_forms.RemoveTagsForm, 50),
    _action(Action.SET_REVIEW_DATE, bulk_forms.ReviewDateForm, 60),
    _action(Action.PUBLISH, bulk_forms.BulkForm, 70),
    _action(Action.UNPUBLISH, bulk_forms.BulkForm, 80),
    _action(Action.ARCHIVE, bulk_forms.ArchiveForm, 90),
]
