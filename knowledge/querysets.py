"""Which entries and pages? Visibility is asked of `people.access` alone."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Prefetch, Q
from django.db.models.functions import Coalesce
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from core import clock
from knowledge.choices import ReplicationStatus
from people import access

if TYPE_CHECKING:
    from people.access import Viewer

# The size in which cards show the cover of a page.
CARD_SPEC = "fill-800x320|format-webp"
# Hundredths of an entry up to which somebody has only looked in.
BARELY = 4


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

    def titled(self, language: str) -> "EntryQuerySet":
        """With `title`: that of the page in the language, else of the first there is, published or not."""
        from knowledge.models import EntryPage

        of_language = models.Case(models.When(locale__language_code=language, then=0), default=1)
        pages = EntryPage.objects.filter(entry=models.OuterRef("pk")).order_by(of_language, "-live", "pk")
        return self.annotate(title=models.Subquery(pages.values("title")[:1]))

    def with_uses(self) -> "EntryQuerySet":
        """With `uses`: how many enterprises use the entry too, as it is or adapted."""
        from knowledge.models import Replication

        using = [ReplicationStatus.ADOPTED, ReplicationStatus.ADAPTED]
        rows = Replication.objects.filter(entry=models.OuterRef("pk"), status__in=using).order_by()
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

    def for_cards(self) -> "EntryPageQuerySet":
        """Without the body, which no list shows."""
        return self.select_related("locale", "cover").defer("body", "search_description")

    def for_serving(self) -> "EntryPageQuerySet":
        """What decides who may see a page and whether its looks are known; the rest is seldom asked for."""
        from knowledge.models import Entry

        entry = [f"entry__{column.name}" for column in Entry._meta.concrete_fields]
        community = [f"entry__community__{name}" for name in ("access", "state", "slug", "public_id")]
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


class ReadingQuerySet(models.QuerySet[Any]):
    def begun(self) -> "ReadingQuerySet":
        """Neither just opened nor read to the end."""
        return self.filter(progress__gt=BARELY, progress__lt=100)


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


EntryPageManager = PageManager.from_queryset(EntryPageQuerySet)
