"""Tags in the admin: listed, made, renamed; what else can be done with them stands in `tag_care`."""

from typing import Any

from django.db.models import QuerySet
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.ui.tables import NumberColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button

from core.table_files import TableFile
from knowledge.models import Tag
from knowledge.services import tags
from knowledge.tag_forms import TagForm
from knowledge.viewsets.tag_care import AlikeTags, MergeTag, SplitTag, UnusedTags
from people import access


class TagList(TableFile, generic.IndexView):
    default_ordering = "name"

    def get_base_queryset(self) -> QuerySet[Any]:
        ours = self.permission_policy.instances_user_has_permission_for(self.request.user, "change")
        return ours.with_page_count(access.viewer_of(self.request.user))

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        return [
            *super().header_more_buttons,
            Button(_("Spelt twice"), url=reverse("tag:alike"), icon_name="resubmit", priority=30),
            Button(_("Unused tags"), url=reverse("tag:unused"), icon_name="bin", priority=40),
        ]

    def get_list_more_buttons(self, instance: Tag) -> list[Any]:
        buttons: list[Any] = super().get_list_more_buttons(instance)
        if self.user_has_permission("change"):
            buttons.extend(_care_of(instance))
        return buttons


class AddTag(generic.CreateView):
    def save_instance(self) -> Tag:
        return tags.create(name=self.form.cleaned_data["name"], by=self.request.user)


class RenameTag(generic.EditView):
    def save_instance(self) -> Tag:
        return tags.rename(tag=self.object, name=self.form.cleaned_data["name"], by=self.request.user)

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        return [*super().header_more_buttons, *_care_of(self.object)]


def _care_of(tag: Tag) -> list[Button]:
    return [
        Button(
            _("Merge into another"),
            url=reverse("tag:merge", args=[tag.pk]),
            icon_name="resubmit",
            priority=20,
        ),
        Button(_("Split"), url=reverse("tag:split", args=[tag.pk]), icon_name="duplicate", priority=25),
    ]


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
        return [
            *super().get_urlpatterns(),
            path("merge/<int:pk>/", MergeTag.as_view(), name="merge"),
            path("split/<int:pk>/", SplitTag.as_view(), name="split"),
            path("spelt-twice/", AlikeTags.as_view(), name="alike"),
            path("unused/", UnusedTags.as_view(), name="unused"),
        ]
