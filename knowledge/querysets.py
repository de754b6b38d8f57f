"""Which entries and pages? Visibility is asked of `people.access` alone."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Prefetch, Q
from django.db.models.functions import Cast, Coalesce, Greatest
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

from core import clock
from knowledge.choices import IN_USE, BulkItemState, Confirmation, LinkFault
from people import access
from people.choices import Access

if TYPE_CHECKING:
    from people.access import Viewer

# The size in which cards show the cover of a page.
CARD_SPEC = "fill-800x320|format-webp"
# Hundredths of an entry up to which somebody has only looked in.
BARELY = 4
# What a page asks of its entry's community.
COMMUNITY_FIELDS = ("access", "state", "slug", "public_id", "hidden_sections")


def persons_of(viewer: "Viewer", entry: str = "") -> Q:
    """Matches entries that name the viewer: as owner, as author, or in a share for them or their unit."""
    from knowledge.models import EntryAuthor, EntryShare  # the models need this module's managers first

    if not viewer.is_employee:
        return Q(**{f"{entry}pk__in": []})
    authored = EntryAuthor.objects.filter(user=viewer.user_id).values("entry_id")
    shared = EntryShare.objects.filter(Q(user=viewer.user_id) | Q(unit__in=viewer.units)).values("entry_id")
    return (
        Q(**{f"{entry}owner": viewer.user_id})
        | Q(**{f"{entry}pk__in": authored})
        | Q(**{f"{entry}pk__in": shared})
    )


def visible_entries(viewer: "Viewer", entry: str = "") -> Q:
    """Matches what the viewer may see; `entry` is the path to the entry, with its underscores."""
    return access.items(viewer, persons_of(viewer, entry), entry)


class EntryQuerySet(models.QuerySet[Any]):
    def visible_to(self, viewer: "Viewer") -> "EntryQuerySet":
        return self.filter(visible_entries(viewer))

    def published(self) -> "EntryQuerySet":
        return self.filter(published_at__isnull=False)

    def of_kinds(self, *kinds: str) -> "EntryQuerySet":
        return self.filter(kind__in=kinds)

    def of_unit(self, unit: int) -> "EntryQuerySet":
        """Whose enterprise or department it is."""
        return self.filter(Q(enterprise=unit) | Q(department=unit))

    def about(self, competence: int) -> "EntryQuerySet":
        return self.filter(competences=competence)

    def tagged(self, tag: int) -> "EntryQuerySet":
        """With that tag on one of their pages."""
        from knowledge.models import EntryTag

        return self.filter(pk__in=EntryTag.objects.filter(tag=tag).values("content_object__entry_id"))

    def stale(self) -> "EntryQuerySet":
        """Published, and past the day on which somebody should have looked whether they are still true."""
        return self.published().filter(review_date__lt=clock.today())

    def without_owner(self) -> "EntryQuerySet":
        """Published, and whoever answers for them has left the company."""
        return self.published().filter(owner__is_active=False)

    def without_translation(self, language: str = "") -> "EntryQuerySet":
        """Published, but not in that language, or not in every language of the site."""
        listed = self.published().annotate(languages_text=Cast("languages", models.TextField()))
        wanted = [language] if language else [code for code, _name in settings.LANGUAGES]
        lacking = Q(pk__in=[])
        for code in wanted:
            lacking |= ~Q(languages_text__contains=f'"{code}"')
        return listed.filter(lacking)

    def unread_since(self, moment: datetime) -> "EntryQuerySet":
        """Published before that moment, and nobody has read in them since; see `ReadingQuerySet.reads`."""
        from knowledge.models import Reading

        reads = Reading.objects.reads().filter(entry=models.OuterRef("pk"), read_at__gte=moment)
        return self.filter(published_at__lt=moment).filter(~models.Exists(reads))

    def new_since(self, moment: datetime) -> "EntryQuerySet":
        return self.filter(published_at__gte=moment)

    def titled(self, language: str) -> "EntryQuerySet":
        """With `title`: that of the page in the language, else of the first there is, published or not."""
        from knowledge.models import EntryPage

        of_language = models.Case(models.When(locale__language_code=language, then=0), default=1)
        pages = EntryPage.objects.filter(entry=models.OuterRef("pk")).order_by(of_language, "-live", "pk")
        return self.annotate(title=models.Subquery(pages.values("title")[:1]))

    def with_uses(self) -> "EntryQuerySet":
        """With `uses`: how many enterprises use the entry too, as it is or adapted."""
        from knowledge.models import Replication

        rows = Replication.objects.in_use().filter(entry=models.OuterRef("pk")).order_by()
        counted = rows.values("entry").annotate(number=models.Count("pk")).values("number")
        return self.annotate(uses=Coalesce(models.Subquery(counted), 0))

    def for_rows(self) -> "EntryQuerySet":
        """With what a row of a list shows; one query more brings the pages."""
        from knowledge.models import EntryPage

        pages = EntryPage.objects.live().for_cards().with_card_covers()
        return self.select_related("community", "enterprise").prefetch_related(
            Prefetch("pages", pages, to_attr="live_pages")
        )

    def for_listing(self) -> "EntryQuerySet":
        """With all that a card shows, in a number of queries that does not grow."""
        from knowledge.models import EntryAuthor

        authors = EntryAuthor.objects.select_related("user").order_by("sort_order")
        listed = Prefetch("authors", authors, to_attr="listed_authors")
        return self.for_rows().with_uses().prefetch_related(listed)


class EntryPageQuerySet(PageQuerySet):
    def visible_to(self, viewer: "Viewer") -> "EntryPageQuerySet":
        return self.filter(visible_entries(viewer, "entry__"))

    def tagged(self, tag: int) -> "EntryPageQuerySet":
        from knowledge.models import EntryTag

        return self.filter(pk__in=EntryTag.objects.filter(tag=tag).values("content_object_id"))

    def without_summary(self) -> "EntryPageQuerySet":
        """Published, but lists have nothing to say of them."""
        return self.filter(live=True, summary="")

    def for_cards(self) -> "EntryPageQuerySet":
        """Without the body, which no list shows."""
        return self.select_related("locale", "cover").defer("body", "search_description")

    def for_serving(self) -> "EntryPageQuerySet":
        """What decides who may see a page and whether its looks are known; the rest is seldom asked for."""
        from knowledge.models import Entry

        entry = [f"entry__{column.name}" for column in Entry._meta.concrete_fields]
        community = [f"entry__community__{name}" for name in COMMUNITY_FIELDS]
        return self.select_related("locale", "entry__community").only(
            *(
                "title",
                "slug",
                "seo_title",
                "search_description",
                "summary",
                "cover",
                "body_digest",
                "last_published_at",
                "url_path",
            ),
            *("path", "depth", "live", "locale__language_code", *entry, *community),
        )

    def for_reading(self) -> "EntryPageQuerySet":
        """With all that its page shows of the entry; a body that was rendered before is not asked for."""
        entry = ("entry__community", "entry__enterprise", "entry__department", "entry__owner")
        return self.select_related("locale", *entry).defer("body")

    def with_card_covers(self) -> "EntryPageQuerySet":
        """With the size of the cover that cards show, if it was ever made: one join instead of a query."""
        made = models.Q(cover__renditions__filter_spec=CARD_SPEC)
        return self.annotate(
            card=models.FilteredRelation("cover__renditions", condition=made),
            card_cover_id=models.F("card__public_id"),
            card_cover_file=models.F("card__file"),
        )


class ReplicationQuerySet(models.QuerySet[Any]):
    def visible_to(self, viewer: "Viewer") -> "ReplicationQuerySet":
        """Of entries that the viewer may see; what is withdrawn is told apart by `current`."""
        return self.filter(visible_entries(viewer, "entry__"), entry__published_at__isnull=False)

    def current(self) -> "ReplicationQuerySet":
        return self.filter(withdrawn_at=None)

    def in_use(self) -> "ReplicationQuerySet":
        """Where the entry is used now, as it is or adapted."""
        return self.current().filter(status__in=IN_USE)

    def awaiting_confirmation(self) -> "ReplicationQuerySet":
        """With figures that nobody has judged, those that wait longest first."""
        return self.current().filter(confirmation=Confirmation.WAITING).order_by("updated_at", "pk")

    def touching(self, unit: int) -> "ReplicationQuerySet":
        """What an enterprise takes from others and what others take from it."""
        return self.filter(Q(enterprise=unit) | Q(entry__enterprise=unit))

    def for_rows(self, viewer: "Viewer") -> "ReplicationQuerySet":
        """With what a row of a list shows, `title` and `title_language` of the entry among it."""
        from knowledge.models import EntryPage

        order = {code: place for place, code in enumerate(viewer.languages)}
        place = models.Case(
            *(models.When(locale__language_code=code, then=at) for code, at in order.items()),
            default=len(order),
        )
        pages = EntryPage.objects.live().filter(entry=models.OuterRef("entry")).order_by(place, "pk")
        return self.select_related(
            "enterprise", "entry__enterprise", "entry__community", "judged_by"
        ).annotate(
            title=models.Subquery(pages.values("title")[:1]),
            title_language=models.Subquery(pages.values("locale__language_code")[:1]),
        )


class ReadingQuerySet(models.QuerySet[Any]):
    def reads(self) -> "ReadingQuerySet":
        """What counts as a read: somebody came further than a look at the beginning."""
        return self.filter(progress__gt=BARELY)

    def begun(self) -> "ReadingQuerySet":
        """Neither just opened nor read to the end."""
        return self.filter(progress__gt=BARELY, progress__lt=100)


class PinQuerySet(models.QuerySet[Any]):
    def visible_to(self, viewer: "Viewer") -> "PinQuerySet":
        """Pins of what the viewer may read, published and still of the community; the leads' order."""
        seen = visible_entries(viewer, "entry__") & Q(entry__published_at__isnull=False)
        return self.filter(seen, entry__community=models.F("community")).order_by("place", "pk")

    def for_rows(self) -> "PinQuerySet":
        """With the entries as rows show them."""
        from knowledge.models import Entry

        return self.prefetch_related(Prefetch("entry", Entry.objects.for_rows()))


class CorrectionQuerySet(models.QuerySet[Any]):
    def visible_to(self, viewer: "Viewer") -> "CorrectionQuerySet":
        """To who suggested it and to those who decide, as long as they may see the entry."""
        mine = Q(suggested_by=viewer.user_id) | _answered_for_by(viewer)
        return self.filter(visible_entries(viewer, "entry__")).filter(mine)

    def decided_by(self, viewer: "Viewer") -> "CorrectionQuerySet":
        """What the viewer decides, or has a say in: corrections of their entries and of communities they manage."""
        return self.filter(visible_entries(viewer, "entry__")).filter(_answered_for_by(viewer))

    def of_own_entries(self, viewer: "Viewer") -> "CorrectionQuerySet":
        return self.decided_by(viewer).filter(_ones_own(viewer))

    def for_listing(self) -> "CorrectionQuerySet":
        """With people, the entry, and `title`: of its live page in that language, else of any live one, else None."""
        from knowledge.models import EntryPage

        live = EntryPage.objects.live().filter(entry=models.OuterRef("entry")).order_by("pk")
        own = live.filter(locale__language_code=models.OuterRef("language"))
        return self.select_related("entry__community", "entry__owner", "suggested_by", "decided_by").annotate(
            title=Coalesce(
                models.Subquery(own.values("title")[:1]), models.Subquery(live.values("title")[:1])
            )
        )


def _answered_for_by(viewer: "Viewer") -> Q:
    from people.models import Community  # whose models load beside these

    managed = Community.objects.managed_by(viewer).values("pk")
    return Q(entry__owner=viewer.user_id) | Q(entry__community__in=managed)


def _ones_own(viewer: "Viewer") -> Q:
    """Entries of one's own, and those in one's communities whose owner has left."""
    left = Q(entry__owner__is_active=False, entry__community__in=viewer.leads)
    return Q(entry__owner=viewer.user_id) | left


class TagQuerySet(models.QuerySet[Any]):
    def visible_to(self, viewer: "Viewer") -> "TagQuerySet":
        """Tags that nothing has, or that something has which the viewer may see: a word can say much of a secret."""
        from knowledge.models import EntryPage, EntryTag

        seen = EntryTag.objects.filter(content_object__in=EntryPage.objects.visible_to(viewer).values("pk"))
        return self.filter(Q(pk__in=seen.values("tag_id")) | ~Q(pk__in=EntryTag.objects.values("tag_id")))

    def unused(self) -> "TagQuerySet":
        """Nothing has them; a page that nobody published yet has its tags too."""
        from knowledge.models import EntryTag

        return self.exclude(pk__in=EntryTag.objects.values("tag_id"))

    def with_page_count(self, viewer: "Viewer") -> "TagQuerySet":
        """With `page_count`: how many pages that the viewer may see have the tag."""
        from knowledge.models import EntryPage

        seen = Q(tagged_pages__content_object__in=EntryPage.objects.visible_to(viewer).values("pk"))
        return self.annotate(page_count=models.Count("tagged_pages", filter=seen))

    def spelt_twice(self) -> "TagQuerySet":
        """Those of these that are another one of them in other spelling, the same words side by side."""
        doubles = self.order_by().values("folded").annotate(number=models.Count("pk")).filter(number__gt=1)
        return self.filter(folded__in=doubles.values("folded")).order_by("folded", "name")


class EntryTagQuerySet(models.QuerySet[Any]):
    def called(self, text: str) -> "EntryTagQuerySet":
        """Of the tag of that name or address, or of the one that a tag of that address has become."""
        from knowledge.models import FormerTag, Tag

        now = Tag.objects.filter(Q(name__iexact=text) | Q(slug=text))
        former = FormerTag.objects.filter(slug=text)
        return self.filter(Q(tag__in=now.values("pk")) | Q(tag__in=former.values("leads_to")))


class PromotionQuerySet(models.QuerySet[Any]):
    def visible_to(self, viewer: "Viewer") -> "PromotionQuerySet":
        """Recommendations of what the viewer may see."""
        return self.filter(visible_entries(viewer, "entry__"))

    def current(self) -> "PromotionQuerySet":
        """Those of published entries, up to and including their last day."""
        return self.filter(
            Q(ends_date=None) | Q(ends_date__gte=clock.today()), entry__published_at__isnull=False
        )

    def titled(self, language: str) -> "PromotionQuerySet":
        """With `title`: that of the entry in the language, else of the first page there is."""
        from knowledge.models import EntryPage

        of_language = models.Case(models.When(locale__language_code=language, then=0), default=1)
        pages = EntryPage.objects.filter(entry=models.OuterRef("entry")).order_by(of_language, "-live", "pk")
        return self.annotate(title=models.Subquery(pages.values("title")[:1]))


class BulkChangeQuerySet(models.QuerySet[Any]):
    def visible_to(self, viewer: "Viewer") -> "BulkChangeQuerySet":
        """One's own: they name entries that another may not see."""
        return self.filter(asked_by=viewer.user_id) if viewer.is_employee else self.none()

    def with_counts(self) -> "BulkChangeQuerySet":
        """With how many entries there are, and how many of them stand how."""
        counts = {
            f"{state}_count": models.Count("items", filter=Q(items__state=state))
            for state in BulkItemState.values
        }
        return self.annotate(total=models.Count("items"), **counts)


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


EntryPageManager = PageManager.from_queryset(EntryPageQuerySet)
