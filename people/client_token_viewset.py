"""Client tokens in the admin: who has which, and the way to revoke one."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from core.table_files import TableFile
from people.models import ClientToken
from people.requests import Request
from people.services import client_tokens


def standing(token: ClientToken) -> Any:
    """Whether a token can be used, and if not, why."""
    if token.revoked_at is not None:
        return pgettext("a token", "Revoked")
    return pgettext("a token", "Usable") if token.is_usable else pgettext("a token", "Out of date")


def scopes(token: ClientToken) -> str:
    return ", ".join(token.scopes)


class RevokeColumn(Column):
    """A button, where there is something to revoke."""

    cell_template_name = "people/admin/revoke_cell.html"

    def get_cell_context_data(self, instance: ClientToken, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        usable = instance.is_usable
        context["revoke_url"] = reverse("client_token:revoke", args=[instance.pk]) if usable else ""
        context["csrf_token"] = parent_context.get("csrf_token")
        return context


class TokenList(TableFile, generic.IndexView):
    default_ordering = "-created_at"

    def get_base_queryset(self) -> QuerySet[Any]:
        return ClientToken.objects.select_related("user")


@require_POST
def revoke_token(request: Request, pk: int) -> HttpResponse:
    """Make somebody's token worthless at once."""
    token = get_object_or_404(ClientToken, pk=pk)
    client_tokens.revoke(token=token, by=request.user)
    messages.success(request, _("The token “%(name)s” is revoked.") % {"name": token.name})
    return redirect("client_token:index")


class ClientTokenViewSet(ModelViewSet):
    model = ClientToken
    name = "client_token"
    url_prefix = "client-tokens"
    menu_label = _("Client tokens")
    icon = "key"
    index_view_class = TokenList
    copy_view_enabled = False
    form_fields = ["name"]
    search_fields = ["name", "hint", "user__name", "user__email"]
    list_display = [
        Column("name", label=pgettext_lazy("of a thing", "Name"), sort_key="name"),
        Column("user", label=_("Acts for"), sort_key="user__name"),
        Column("scopes", label=_("Scopes"), accessor=scopes),
        StatusTagColumn(
            "standing", label=_("Standing"), accessor=standing, primary=lambda token: token.is_usable
        ),
        DateColumn("last_used_at", label=_("Last used"), sort_key="last_used_at"),
        "expires_at",
        RevokeColumn("revoke", label=""),
    ]
    list_export = [
        "public_id",
        "name",
        "user",
        "scopes",
        "created_at",
        "expires_at",
        "last_used_at",
        "revoked_at",
    ]
    export_filename = "client-tokens"

    def get_urlpatterns(self) -> list[Any]:
        lists = [
            pattern for pattern in super().get_urlpatterns() if pattern.name in {"index", "index_results"}
        ]
        return [*lists, path("revoke/<int:pk>/", revoke_token, name="revoke")]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        nothing = dict.fromkeys(("add", "edit", "delete", "history", "usage"))
        return super().get_common_view_kwargs(**{f"{name}_url_name": None for name in nothing}, **kwargs)
