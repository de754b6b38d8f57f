"""Files that nothing uses: no page, no draft, no cover, nobody's picture."""

from typing import Any, ClassVar

import django_filters
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.models import ReferenceIndex
from wagtail.permissions import policy_registry

from knowledge.entry_filters import managed_communities
from knowledge.models import PageReference
from knowledge.reports.listing import Field, Moment, Report
from knowledge.reports.weight import Bytes
from people.models import Document, Image


class FileFilters(WagtailFilterSet):
    community = django_filters.ModelChoiceFilter(
        label=_("Community"), queryset=managed_communities, field_name="collection__community__community"
    )
    created_at = django_filters.DateFromToRangeFilter(label=_("Uploaded"), widget=DateRangePickerWidget)


class PictureFilters(FileFilters):
    class Meta:
        model = Image
        fields: list[str] = []


class DocumentFilters(FileFilters):
    class Meta:
        model = Document
        fields: list[str] = []


class OrphanFiles(Report):
    """Pictures and documents alike; `reference` is how pages name them."""

    default_ordering = "-file_size"
    reference: ClassVar[str]
    edit_url_name: ClassVar[str]
    fields = [
        Field("size", _("Size"), lambda row: row.file_size or 0, "file_size", Bytes),
        Field("collection", _("Collection"), lambda row: row.collection, "collection__name"),
        Field("uploaded_by", _("Uploaded by"), lambda row: row.uploaded_by_user, "uploaded_by_user__name"),
        Field("created_at", _("Uploaded"), lambda row: row.created_at, "created_at", Moment),
    ]

    @classmethod
    def rows_of(cls, user: Any) -> QuerySet[Any]:
        files = policy_registry.get_by_type(cls.model).instances_user_has_any_permission_for(
            user, {"change", "delete"}
        )
        named = PageReference.objects.filter(**{cls.reference: OuterRef("pk")})
        used = ReferenceIndex.objects.filter(
            to_content_type=ContentType.objects.get_for_model(cls.model),
            to_object_id=Cast(OuterRef("pk"), CharField()),
        )
        rows: QuerySet[Any] = files.filter(~Exists(named), ~Exists(used))
        return rows

    def listed(self, rows: Any) -> Any:
        return rows.select_related("collection", "uploaded_by_user")

    def mended_at(self, row: Any) -> str:
        return reverse(self.edit_url_name, args=[row.pk])


class OrphanPictures(OrphanFiles):
    name = "orphan_pictures"
    page_title = _("Pictures that nothing uses")
    about = _("Pictures on no page, draft, cover or profile, the largest first.")
    header_icon = "image"
    model = Image
    filterset_class = PictureFilters
    reference = "picture"
    edit_url_name = "wagtailimages:edit"


class OrphanDocuments(OrphanFiles):
    name = "orphan_documents"
    page_title = _("Documents that nothing uses")
    about = _("Documents on no page or draft, the largest first.")
    header_icon = "doc-full-inverse"
    model = Document
    filterset_class = DocumentFilters
    reference = "document"
    edit_url_name = "wagtaildocs:edit"
