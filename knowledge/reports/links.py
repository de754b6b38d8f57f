"""Links of published pages that lead their readers nowhere."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from knowledge.choices import LinkFault
from knowledge.models import PageReference
from knowledge.permission_policies import choosable_pages
from knowledge.reports.listing import Field, Moment, page_fields
from knowledge.reports.missing import ReferenceFilters, ReferenceReport


class LinkFilters(ReferenceFilters):
    fault = django_filters.ChoiceFilter(label=_("Why"), choices=LinkFault.choices, empty_label=_("Any"))


class BrokenLinks(ReferenceReport):
    name = "broken_links"
    page_title = _("Broken links")
    about = _(
        "Links to pages that are gone, unpublished or not for every reader, to lost files, to dead addresses."
    )
    header_icon = "link"
    filterset_class = LinkFilters
    default_ordering = "page__title"
    fields = [
        Field("fault", _("Why"), lambda row: LinkFault(row.fault).label, "fault"),
        Field("target", _("Leads to"), lambda row: row.target),
        Field(
            "since",
            _("Since"),
            lambda row: row.address.failing_since if row.address else None,
            "address__failing_since",
            Moment,
        ),
        Field(
            "failures",
            _("Times failed"),
            lambda row: row.address.failures if row.address else "",
            "address__failures",
        ),
        *page_fields("page__"),
    ]

    @classmethod
    def rows_of(cls, user: Any) -> QuerySet[PageReference]:
        rows: QuerySet[PageReference] = cls.of_pages(user).broken()
        return rows

    def listed(self, rows: Any) -> Any:
        return super().listed(rows).select_related("address")

    def prepare(self, rows: list[Any]) -> list[Any]:
        """Pages that the person could not choose for a link themselves are not named."""
        pages = choosable_pages(self.request.user).filter(pk__in={row.named_page_id for row in rows} - {None})
        titles = dict(pages.values_list("pk", "title"))
        for row in rows:
            row.target = row.address.url if row.address else titles.get(row.named_page_id, "")
        return super().prepare(rows)
