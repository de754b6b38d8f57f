"""Which pages name what, and what of it leads nowhere?"""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Greatest
from wagtail.models import Page

from knowledge.choices import LinkFault
from people.choices import Access

if TYPE_CHECKING:
    pass


class PageReferenceQuerySet(models.QuerySet[Any]):
    """`page` is who names; of a draft only whoever looks for what nothing uses wants to know."""

    def published(self) -> "PageReferenceQuerySet":
        return self.filter(is_draft=False, page__live=True)

    def undescribed(self) -> "PageReferenceQuerySet":
        """Pictures that say nothing to those who cannot see them."""
        return self.filter(picture__isnull=False, is_described=False)

    def with_fault(self) -> "PageReferenceQuerySet":
        """With `fault`: why a link leads its readers nowhere, a `LinkFault`; empty where it leads somewhere."""
        from knowledge.models import CommunityPage, EntryPage, ExternalAddress
        from people.models import Document, Image

        named = Page.objects.filter(pk=models.OuterRef("named_page_id"))
        target = EntryPage.objects.filter(pk=models.OuterRef("named_page_id")).annotate(
            strictness=_strictness("entry__")
        )
        beyond = target.filter(strictness__gt=models.OuterRef("strictness")) | target.filter(
            ~Q(entry__community=models.OuterRef("page__entry__community")), strictness__gt=0
        )
        community = CommunityPage.objects.filter(
            pk=models.OuterRef("named_page_id"), community__access=Access.CLASSIFIED
        ).exclude(community=models.OuterRef("page__entry__community"))
        image = Image.objects.filter(pk=models.OuterRef("picture_id"))
        document = Document.objects.filter(pk=models.OuterRef("document_id"))
        exists, when = models.Exists, models.When
        return self.annotate(
            strictness=_strictness("page__entry__"),
            fault=models.Case(
                when(Q(named_page__isnull=False) & ~exists(named), then=models.Value(LinkFault.GONE)),
                when(
                    Q(named_page__isnull=False) & ~exists(named.filter(live=True)),
                    then=models.Value(LinkFault.WITHDRAWN),
                ),
                when(
                    Q(named_page__isnull=False) & (exists(beyond) | exists(community)),
                    then=models.Value(LinkFault.HIDDEN),
                ),
                when(
                    Q(picture__isnull=False) & ~exists(image) | Q(document__isnull=False) & ~exists(document),
                    then=models.Value(LinkFault.FILE_GONE),
                ),
                when(address__status=ExternalAddress.Status.BROKEN, then=models.Value(LinkFault.SILENT)),
                default=models.Value(""),
            ),
        )

    def broken(self) -> "PageReferenceQuerySet":
        return self.published().with_fault().exclude(fault="")


def _strictness(entry: str) -> models.Func:
    """How strictly an entry is kept, its community's access counted: 0 open, 1 closed, 2 classified."""

    def rank(path: str) -> models.Case:
        return models.Case(
            *(models.When(**{path: value}, then=number) for number, value in enumerate(Access.values)),
            output_field=models.IntegerField(),
        )

    return Greatest(rank(f"{entry}access"), rank(f"{entry}community__access"))
