"""A list as somebody has filtered it, kept under a name, for themselves or for a community."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import PublicIdField
from people.choices import SavedList
from people.querysets import SavedViewQuerySet


class SavedView(models.Model):
    """`query` is the part of the address that filters and sorts, without the page."""

    public_id = PublicIdField()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views")
    name = models.CharField(_("name"), max_length=100)
    list = models.CharField(_("list"), max_length=20, choices=SavedList.choices)
    query = models.TextField(_("filters"), max_length=2000, blank=True)
    community = models.ForeignKey(
        "people.Community",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="saved_views",
        verbose_name=_("shared with the community"),
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        constraints = [models.UniqueConstraint(fields=["owner", "list", "name"], name="saved_view_name")]
        default_permissions = ()

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The list, filtered like that."""
        address = SavedList(self.list).address
        return f"{address}?{self.query}" if self.query else address


class SavedViewFollow(models.Model):
    """Somebody wishes to be told of what is new in a view; `told_at` is the moment up to which they know."""

    view = models.ForeignKey(SavedView, models.CASCADE, related_name="follows")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    told_at = models.DateTimeField(_("told up to"))

    class Meta:
        verbose_name = _("follower of a view")
        verbose_name_plural = _("followers of views")
        constraints = [models.UniqueConstraint(fields=["view", "user"], name="saved_view_follow_once")]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.user} · {self.view}"
