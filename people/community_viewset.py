"""Communities in the admin: looked over by curators and moderators, edited through the services."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import DateColumn, NumberColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button

from core import rates
from core.table_files import TableFile
from people import pictures
from people.choices import Focus
from people.models import Community
from people.refusals import TellsRefusal
from people.services import communities


@dataclass(frozen=True)
class StoredCover:
    """What the field of a file shows of the one that is there."""

    url: str

    def __str__(self) -> str:
        return str(_("the picture that is up"))


class CommunityForm(WagtailAdminModelForm):
    cover_picture = forms.FileField(
        label=_("Picture"),
        required=False,
        help_text=_("JPEG, PNG or WebP, up to 5 MB. A wide one serves best: it is shown as a band."),
        widget=forms.ClearableFileInput(attrs={"accept": pictures.ACCEPT}),
    )
    cover_focus = forms.ChoiceField(
        label=_("What must stay in sight"), required=False, choices=Focus.choices, initial=Focus.MIDDLE
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.cover is not None:
            self.initial["cover_picture"] = StoredCover(self.instance.card_cover_url)
            self.initial["cover_focus"] = self.instance.cover.focus

    @property
    def new_cover(self) -> UploadedFile[Any] | None:
        given = self.cleaned_data["cover_picture"]
        return given if isinstance(given, UploadedFile) else None

    @property
    def is_cover_taken_down(self) -> bool:
        return self.cleaned_data["cover_picture"] is False

    def draft(self) -> communities.CommunityDraft:
        """What the form says, for the service."""
        given = self.cleaned_data
        return communities.CommunityDraft(
            names={code: given[f"name_{code}"] for code, _name in settings.LANGUAGES},
            description=given["description"],
            rules=given["rules"],
            greeting=given["greeting"],
            access=given["access"],
            cover_pattern=given["cover_pattern"],
            accent=given["accent"],
        )


class CommunityList(TableFile, generic.IndexView):
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


class EditCommunity(TellsRefusal, generic.EditView):
    refusals = (pictures.PictureRefused, rates.TooOften)

    @transaction.atomic
    def save_instance(self) -> Community:
        form, by = self.form, self.request.user
        community = communities.update(community=self.object, by=by, draft=form.draft())
        if form.is_cover_taken_down:
            return communities.set_cover(community=community, by=by, upload=None)
        if form.new_cover is not None:
            rates.require("upload", by.pk)
            community = communities.set_cover(community=community, by=by, upload=form.new_cover)
        focus = form.cleaned_data["cover_focus"]
        if focus and community.cover is not None and focus != community.cover.focus:
            community = communities.focus_cover(community=community, by=by, focus=focus)
        return community

    @property
    def header_more_buttons(self) -> list[Button]:
        site = Button(_("See on the site"), url=self.object.get_absolute_url(), icon_name="view", priority=5)
        return [*super().header_more_buttons, site]


class InspectCommunity(generic.InspectView):
    labels = {"member_count": _("Members"), "created_at": _("Created")}

    def get_field_label(self, field_name: str, field: Any) -> Any:
        return self.labels.get(field_name) or super().get_field_label(field_name, field)


PANELS = [
    MultiFieldPanel(
        [FieldPanel(f"name_{code}") for code, _name in settings.LANGUAGES], heading=_("Name in each language")
    ),
    FieldPanel("description", heading=_("Description")),
    FieldPanel("rules", heading=_("Rules")),
    FieldPanel("greeting", heading=_("Welcome to new members")),
    FieldPanel("access"),
    MultiFieldPanel([FieldPanel("cover_picture"), FieldPanel("cover_focus")], heading=_("Cover picture")),
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
    inspect_view_class = InspectCommunity
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
        DateColumn("created_at", label=_("Created"), sort_key="created_at"),
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
