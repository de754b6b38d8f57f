"""Which entries? Visibility is asked of `people.access` alone."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Prefetch, Q
from django.db.models.functions import Cast, Coalesce

from core import clock
from people import access
from people.models import CommunityCollection

if TYPE_CHECKING:
    from people.access import Viewer


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

    def written_by(self, user: int) -> "EntryQuerySet":
        return self.filter(authors__user=user)

    def with_file(self, document: int) -> "EntryQuerySet":
        """With that document attached to one of their pages."""
        from knowledge.models import EntryAttachment

        return self.filter(pk__in=EntryAttachment.objects.filter(document=document).values("page__entry_id"))

    def with_files_of(self, community: int) -> "EntryQuerySet":
        """With a document attached that stands in one of that community's collections, or below it."""
        return self._with_files_below(community=community)

    def with_files_in(self, held: int) -> "EntryQuerySet":
        """The same of one collection of a community."""
        return self._with_files_below(pk=held)

    def _with_files_below(self, **held: int) -> "EntryQuerySet":
        from knowledge.models import EntryAttachment

        below = Q(pk__in=[])
        for path in CommunityCollection.objects.filter(**held).values_list("collection__path", flat=True):
            below |= Q(document__collection__path__startswith=path)
        return self.filter(pk__in=EntryAttachment.objects.filter(below).values("page__entry_id"))

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
