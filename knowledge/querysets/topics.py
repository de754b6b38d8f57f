"""Topics of communities: who may see which, and in which order."""

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models.functions import Coalesce, Greatest

from people import access
from people.querysets import any_case

if TYPE_CHECKING:
    from people.access import Viewer

MOST_WORDS = 6


class TopicQuerySet(models.QuerySet[Any]):
    def visible_to(self, viewer: "Viewer") -> "TopicQuerySet":
        """Those of communities that the viewer may read, and of classified ones those that name them."""
        if not viewer.is_employee:
            return self.none()
        return self.filter(access.items(viewer, models.Q(author=viewer.user_id)))

    def matching(self, text: str) -> "TopicQuerySet":
        """Every word of the text stands in the title or in what it is about, whatever its case."""
        topics = self
        for word in text.split()[:MOST_WORDS]:
            pattern = any_case(word)
            topics = topics.filter(models.Q(title__regex=pattern) | models.Q(description__regex=pattern))
        return topics

    def for_listing(self, viewer: "Viewer") -> "TopicQuerySet":
        """With what a row shows, and `unread` and `is_known` for the viewer."""
        own = apps.get_model("social", "Participant").objects.filter(
            user=viewer.user_id, conversation=models.OuterRef("conversation")
        )
        last = models.F("conversation__last_number")
        read = Coalesce(models.Subquery(own.values("read_number")[:1]), 0)
        return (
            self.select_related("author", "conversation__last_author", "community")
            .prefetch_related("competences")
            .annotate(
                unread=Greatest(last - read, 0, output_field=models.IntegerField()),
                is_known=models.Exists(own),
            )
        )

    def by_activity(self) -> "TopicQuerySet":
        return self.order_by(
            models.F("conversation__last_message_at").desc(nulls_last=True), "-created_at", "-pk"
        )
