from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, TagBase

from core.fields import FoldedField
from core.models import FormerAddress
from knowledge.querysets import EntryTagQuerySet, TagQuerySet


class Tag(TagBase):
    """A free word on pages; words of different languages are different tags."""

    # Tags of one folded name are the same word spelt twice.
    folded = FoldedField(of="name", max_length=100)

    objects = TagQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]


class FormerTag(FormerAddress):
    """An address that a tag had, or one that was merged into it."""

    leads_to = models.ForeignKey(Tag, models.CASCADE, related_name="former")
    # The name that went with it: whoever writes it still gets the tag.
    folded = models.CharField(max_length=100, db_index=True)

    class Meta(FormerAddress.Meta):
        verbose_name = _("former tag")
        verbose_name_plural = _("former tags")


class EntryTag(ItemBase):
    """A tag on a page."""

    tag = models.ForeignKey(Tag, models.CASCADE, related_name="tagged_pages")
    content_object = ParentalKey("knowledge.EntryPage", on_delete=models.CASCADE, related_name="tagged_items")

    objects = EntryTagQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag of an entry")
        verbose_name_plural = _("tags of entries")
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="entry_tag_once")]
