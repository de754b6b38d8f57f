from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page


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
