from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import CharField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import ModelLogEntry, Page
from wagtail.models.audit_log import BaseLogEntry, ModelLogEntryManager


class HomePage(Page):
    """The root of everything in one language; its words greet visitors on the landing page."""

    headline = models.CharField(_("headline"), max_length=160, blank=True)
    lead = models.TextField(_("lead"), max_length=600, blank=True)

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["knowledge.CommunitiesPage", "knowledge.ClassifiedCommunitiesPage"]
    max_count_per_parent = 5

    content_panels = [*Page.content_panels, FieldPanel("headline"), FieldPanel("lead")]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")


class SiteHistoryManager(ModelLogEntryManager):
    def viewable_by_user(self, user: Any) -> models.QuerySet[Any]:
        """What was done to rows that the person may see; Wagtail asks for a right on the kind alone.

        The name of a row that is gone stays in the history, and nobody can say any more for whom it was.
        """
        from cms import admin_guard  # whose views of Wagtail's cannot be loaded before the models

        viewable = super().viewable_by_user(user)
        if user.is_superuser:
            return viewable
        for kind, rows in admin_guard.ROWS.items():
            content_type = ContentType.objects.get_for_model(kind)
            of_kind = self.filter(content_type=content_type).order_by()
            keys = rows(user).order_by().annotate(text=Cast("pk", CharField())).values("text")
            # A query each: all in one are more than SQLite can take apart.
            hidden = of_kind.exclude(object_id__in=keys).values_list("object_id", flat=True).distinct()
            viewable = viewable.exclude(content_type=content_type, object_id__in=list(hidden))
        return viewable


class SiteHistoryEntry(ModelLogEntry):
    """What was done in the admin to something else than a page, for those who may see that thing."""

    objects = SiteHistoryManager()

    class Meta:
        proxy = True
        # Without them a proxy is called by the name of its class, in no language.
        verbose_name = BaseLogEntry._meta.verbose_name
        verbose_name_plural = BaseLogEntry._meta.verbose_name_plural
        default_permissions = ()
