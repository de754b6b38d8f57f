"""Tags in the admin: made, renamed, merged, and deleted where nothing has them."""

from typing import Any, cast

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from django.views.generic import FormView
from wagtail.admin.ui.tables import NumberColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.permissions import policy_registry

from knowledge.entry_forms import MergeForm, TagForm
from knowledge.models import EntryPage, Tag
from knowledge.services import tags
from people import access
from people.models import User


class TagList(generic.IndexView):
    default_ordering = "name"

    def get_base_queryset(self) -> QuerySet[Any]:
        viewer = access.viewer_of(self.request.user)
        seen = Q(tagged_pages__content_object__in=EntryPage.objects.visible_to(viewer).values("pk"))
        ours = self.permission_policy.instances_user_has_permission_for(self.request.user, "change")
        return ours.annotate(page_count=Count("tagged_pages", filter=seen))

    def get_list_more_buttons(self, instance: Tag) -> list[Any]:
        buttons: list[Any] = super().get_list_more_buttons(instance)
        if self.user_has_permission("change"):
            merge = Button(
                _("Merge into another"),
                url=reverse("tag:merge", args=[instance.pk]),
                icon_name="resubmit",
                priority=20,
            )
            buttons.append(merge)
        return buttons


class AddTag(generic.CreateView):
    def save_instance(self) -> Tag:
        return tags.create(name=self.form.cleaned_data["name"], by=self.request.user)


class RenameTag(generic.EditView):
    def save_instance(self) -> Tag:
        return tags.rename(tag=self.object, name=self.form.cleaned_data["name"], by=self.request.user)

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        merge = Button(
            _("Merge into another"),
            url=reverse("tag:merge", args=[self.object.pk]),
            icon_name="resubmit",
            priority=15,
        )
        return [*super().header_more_buttons, merge]


class MergeTag(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """Say which other tag takes this one's place."""

    model = Tag
    form_class = MergeForm
    template_name = "knowledge/admin/merge_tag.html"
    permission_required = "change"
    page_title = _("Merge tag")
    header_icon = "tag"

    @cached_property
    def permission_policy(self) -> Any:
        return policy_registry.get_by_type(Tag)

    @cached_property
    def object(self) -> Tag:
        return get_object_or_404(Tag, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return self.object.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("tag:index"), "label": _("Tags")},
            {"url": reverse("tag:edit", args=[self.object.pk]), "label": self.object.name},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_form_kwargs(self) -> dict[str, Any]:
        ours = self.permission_policy.instances_user_has_permission_for(self.request.user, "change")
        return {**super().get_form_kwargs(), "tags": ours, "merged": self.object}

    def form_valid(self, form: MergeForm) -> HttpResponse:
        name, into = self.object.name, form.cleaned_data["into"]
        count = tags.merge(tag=self.object, into=into, by=cast(User, self.request.user))
        text = ngettext(
            "“%(tag)s” is merged into “%(into)s” on %(count)d page.",
            "“%(tag)s” is merged into “%(into)s” on %(count)d pages.",
            count,
        )
        messages.success(self.request, text % {"tag": name, "into": into.name, "count": count})
        return redirect("tag:index")


class TagViewSet(ModelViewSet):
    model = Tag
    name = "tag"
    url_prefix = "tags"
    menu_label = _("Tags")
    icon = "tag"
    index_view_class = TagList
    add_view_class = AddTag
    edit_view_class = RenameTag
    copy_view_enabled = False
    search_fields = ["name"]
    list_display = [
        TitleColumn("name", label=pgettext_lazy("of a thing", "Name"), url_name="tag:edit", sort_key="name"),
        NumberColumn("page_count", label=_("Pages"), sort_key="page_count"),
    ]
    list_export = ["name", "page_count"]
    export_headings = {"page_count": _("Pages")}
    export_filename = "tags"

    def get_form_class(self, for_update: bool = False) -> type[TagForm]:
        return TagForm

    def get_urlpatterns(self) -> list[Any]:
        return [*super().get_urlpatterns(), path("merge/<int:pk>/", MergeTag.as_view(), name="merge")]
