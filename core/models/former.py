from typing import Any

from django.db import models
from django.db.models.functions import Now


class FormerQuerySet(models.QuerySet[Any]):
    def leave(self, *, slug: str, leads_to: models.Model, number: int | None = None, **more: Any) -> Any:
        """From now on `slug` leads to another row; `number` is the key of the row that it led to, if that is gone."""
        self.filter(slug=slug).delete()
        return self.create(slug=slug, leads_to=leads_to, number=number, **more)

    def hand_over(self, *, gone: models.Model, to: models.Model) -> None:
        """What led to a row that goes leads to the one in its place: no address leads on to another former one."""
        self.filter(leads_to=gone).update(leads_to=to)

    def take_back(self, slug: str, *, leads_to: models.Model) -> None:
        """A row has one of its own former addresses again."""
        self.filter(slug=slug, leads_to=leads_to).delete()


class FormerAddress(models.Model):
    """Under which word of addresses and filters a row used to be found, or one that has become part of it.

    It points at a row, never at another word, so there are no chains and no loops. A row that bears the word now goes
    first.
    """

    slug = models.SlugField(max_length=100, unique=True, allow_unicode=True)
    number = models.BigIntegerField(null=True, db_index=True)
    left_at = models.DateTimeField(db_default=Now())

    objects = FormerQuerySet.as_manager()

    class Meta:
        abstract = True
        default_permissions = ()

    def __str__(self) -> str:
        return self.slug
