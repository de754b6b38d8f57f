from django.db import models

from people.choices import Access


class CommunityCollection(models.Model):
    """Which collection holds a community's files of which access: the collection decides who may fetch a file."""

    community = models.ForeignKey("people.Community", models.PROTECT, related_name="collections")
    collection = models.OneToOneField("wagtailcore.Collection", models.PROTECT, related_name="community")
    access = models.CharField(max_length=12, choices=Access.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "access"], name="community_collection_once")
        ]

    def __str__(self) -> str:
        return f"{self.community} ({self.access})"
