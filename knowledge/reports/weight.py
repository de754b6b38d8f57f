"""Pages that are slow to load or long to read."""

from typing import Any

from django.db.models import QuerySet
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from knowledge.models import EntryPage
from knowledge.reports.listing import Field, PageReport, page_fields, pages_of


class Bytes(Column):
    """Bytes as people read them; files keep the number."""

    def get_value(self, instance: Any) -> Any:
        return filesizeformat(super().get_value(instance))


class HeavyPages(PageReport):
    name = "heavy"
    page_title = _("Heavy pages")
    about = _("How many bytes the pictures and files of each page take, and how long it is.")
    header_icon = "media"
    default_ordering = "-facts__total_bytes"
    fields = [
        Field("total", _("Bytes"), lambda row: row.facts.total_bytes, "facts__total_bytes", Bytes),
        Field("pictures", _("Pictures"), lambda row: row.facts.picture_bytes, "facts__picture_bytes", Bytes),
        Field("files", _("Files"), lambda row: row.facts.file_bytes, "facts__file_bytes", Bytes),
        Field("blocks", _("Blocks"), lambda row: row.facts.blocks, "facts__blocks"),
        Field("words", _("Words"), lambda row: row.facts.words, "facts__words"),
        *page_fields(),
    ]

    @classmethod
    def rows_of(cls, user: Any) -> QuerySet[EntryPage]:
        rows: QuerySet[EntryPage] = pages_of(user).live().filter(facts__isnull=False)
        return rows

    def listed(self, rows: Any) -> Any:
        return super().listed(rows).select_related("facts")
