"""Which tags, and on which pages?"""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from people.access import Viewer


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
