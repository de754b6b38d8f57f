"""Communities in the admin: looked over by curators and moderators, edited through the services."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import NumberColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button

from people.models import Community
from people.services import communities


class CommunityForm(WagtailAdminModelForm):
    def draft(self) -> communities.CommunityDraft:
        """What the form says, for the service."""
        given = self.cleaned_data
        return communities.CommunityDraft(
            names={code: given[f"name_{code}"] for code, _name in settings.LANGUAGES},
            description=given["description"],
            rules=given["rules"],
            access=given["access"],
            cover_pattern=given["cover_pattern"],
            accent=given["accent"],
        )


class CommunityList(generic.IndexView):
    default_ordering = "name_en"

    def get_base_queryset(self) -> QuerySet[Any]:
        return self.permission_policy.instances_user_has_permission_for(self.request.user, "change")

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not self.is_searching:
            return queryset
        return queryset.filter(pk__in=named_like(self.search_query))


def named_like(words: str) -> QuerySet[Any]:
    """Communities one of whose names has the words in it."""
    found = Community.objects.none()
    for code, _name in settings.LANGUAGES:
        found |= Community.objects.filter(**{f"name_{code}__icontains": words})
    return found.values("pk")


class EditCommunity(generic.EditView):
    def save_instance(self) -> Community:
        return communities.update(community=self.object, by=self.request.user, draft=self.form.draft())

    @property
    def header_more_buttons(self) -> list[Button]:
        site = Button(_("See on the site"), url=self.object.get_absolute_url(), icon_name="view", priority=5)
        return [*super().header_more_buttons, site]


PANELS = [
    MultiFieldPanel(
        [FieldPanel(f"name_{code}") for code, _name in settings.LANGUAGES], heading=_("Name in each language")
    ),
    FieldPanel("description", heading=_("Description")),
    FieldPanel("rules", heading=_("Rules")),
    FieldPanel("access"),
    FieldRowPanel([FieldPanel("cover_pattern"), FieldPanel("accent")], heading=_("Look")),
]


class CommunityViewSet(ModelViewSet):
    model = Community
    name = "managed_community"
    url_prefix = "communities"
    menu_label = _("Communities")
    icon = "group"
    index_view_class = CommunityList
    edit_view_class = EditCommunity
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = [
        *(f"name_{code}" for code, _name in settings.LANGUAGES),
        "slug",
        "access",
        "state",
        "member_count",
        "created_at",
    ]
    edit_handler = ObjectList(PANELS, base_form_class=CommunityForm)
    list_display = [
        TitleColumn(
            "name",
            label=pgettext_lazy("of a thing", "Name"),
            url_name="managed_community:edit",
            sort_key="name_en",
        ),
        "access",
        "state",
        NumberColumn("member_count", label=_("Members"), sort_key="member_count"),
        "created_at",
    ]
    list_filter = ["access", "state"]
    list_export = ["public_id", "slug", "name_en", "access", "state", "member_count", "created_at"]
    export_filename = "communities"
    search_fields = [f"name_{code}" for code, _name in settings.LANGUAGES]

    def get_urlpatterns(self) -> list[Any]:
        """Without adding and deleting: communities are proposed on the site and archived, never deleted."""
        return [pattern for pattern in super().get_urlpatterns() if pattern.name not in {"add", "delete"}]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_common_view_kwargs(**{"add_url_name": None, "delete_url_name": None, **kwargs})
