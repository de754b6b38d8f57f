from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PagePermissionTester
from wagtail.search import index

from knowledge.blocks.body import BodyBlock
from knowledge.page_forms import DiscreetPageForm
from people.choices import CommunityState


class TrunkPermissions(PagePermissionTester):
    """What the services made and keep in line stands where it is; only its words are edited."""

    def can_delete(self, ignore_bulk=False):
        return self.user.is_superuser and super().can_delete(ignore_bulk)

    def can_unpublish(self):
        return self.user.is_superuser and super().can_unpublish()

    def can_move(self):
        return self.user.is_superuser and super().can_move()

    def can_copy(self):
        return False


class CommunityPermissions(TrunkPermissions):
    """Nothing new is written in an archived community; what is there can still be corrected."""

    def can_add_subpage(self):
        if not super().can_add_subpage():
            return False
        return self.user.is_superuser or self.page.pk not in archived_pages(self.user)


def archived_pages(user):
    """Pages of archived communities; asked once a request, not page by page."""
    known = user.__dict__.get("_archived_pages")
    if known is None:
        archived = CommunityPage.objects.filter(community__state=CommunityState.ARCHIVED)
        known = user.__dict__["_archived_pages"] = frozenset(archived.values_list("pk", flat=True))
    return known


class TrunkPage:
    """A page of the trunk, whose place and name are not an editor's."""

    def permissions_for_user(self, user):
        return TrunkPermissions(user, self)


class CommunitiesPage(TrunkPage, Page):
    """The parent of the pages of open and closed communities; its address is that of the communities' list."""

    parent_page_types = ["cms.HomePage"]
    subpage_types = ["knowledge.CommunityPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("communities")


class ClassifiedCommunitiesPage(TrunkPage, Page):
    """The parent of classified communities' pages: nobody but their leads has rights below it."""

    parent_page_types = ["cms.HomePage"]
    subpage_types = ["knowledge.CommunityPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("classified communities")


class CommunityPage(TrunkPage, Page):
    """A community in one language. Its names, access and people are the community's own."""

    community = models.ForeignKey(
        "people.Community", models.PROTECT, related_name="pages", editable=False, verbose_name=_("community")
    )
    welcome = StreamField(
        BodyBlock(),
        blank=True,
        verbose_name=_("welcome"),
        help_text=_("Shown to members above the newest entries."),
    )

    # Made by the community's services, one a language, never by hand.
    parent_page_types: list[str] = ["knowledge.CommunitiesPage", "knowledge.ClassifiedCommunitiesPage"]
    subpage_types = [
        "knowledge.BestPracticePage",
        "knowledge.SuccessStoryPage",
        "knowledge.WikiPage",
        "knowledge.BlogPage",
    ]
    is_creatable = False

    def permissions_for_user(self, user):
        return CommunityPermissions(user, self)

    base_form_class = DiscreetPageForm

    def get_admin_display_title(self):
        from knowledge.permission_policies import is_withheld  # the policies are about the models

        return (
            gettext("A page that is not open to you")
            if is_withheld(self)
            else super().get_admin_display_title()
        )

    content_panels = [FieldPanel("welcome")]
    promote_panels: list[FieldPanel] = []
    settings_panels: list[FieldPanel] = []
    search_fields = [*Page.search_fields, index.SearchField("welcome")]

    def get_context(self, request, *args, **kwargs):
        from knowledge import community_overview  # which reads these models

        context = super().get_context(request, *args, **kwargs)
        return {**context, **community_overview.context(request, self)}

    class Meta:
        verbose_name = _("community page")
        verbose_name_plural = _("community pages")
