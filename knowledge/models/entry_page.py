from django.db import models
from django.template.response import TemplateResponse
from django.utils.functional import SimpleLazyObject, cached_property
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index

from core import clock
from knowledge.blocks.body import EntryBodyBlock
from knowledge.blocks.data import EffectBlock
from knowledge.body_panels import BodyPanel
from knowledge.choices import EntryKind
from knowledge.file_choosers import DiscreetDocumentChooser, DiscreetImageChooser
from knowledge.page_forms import EntryPageForm
from knowledge.panels import EntryDetailsPanel
from knowledge.querysets import EntryPageManager
from people import access, offline
from people.choices import Access

# The preview of a page as it is presented.
SLIDES = "slides"


class EntryPage(Page):
    """An entry in one language: what lists need stands in this table, so that they never ask for the specific page."""

    kind: EntryKind

    entry = models.ForeignKey(
        "knowledge.Entry", models.PROTECT, related_name="pages", editable=False, verbose_name=_("entry")
    )
    summary = models.TextField(
        _("summary"), max_length=600, help_text=_("One or two sentences: what it is and what it brought.")
    )
    cover = models.ForeignKey(
        "people.Image", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("cover")
    )
    body = StreamField(EntryBodyBlock(), blank=True, verbose_name=_("body"))
    effects = StreamField(
        [("effect", EffectBlock())],
        blank=True,
        verbose_name=_("effect"),
        help_text=_("The figures that prove it, before and after."),
    )
    reading_minutes = models.PositiveSmallIntegerField(default=1, editable=False)
    # Kept when the page is saved: rendered bodies are cached by it.
    body_digest = models.CharField(max_length=32, blank=True, editable=False)
    tags = ClusterTaggableManager(through="knowledge.EntryTag", blank=True, verbose_name=_("tags"))

    objects = EntryPageManager()

    parent_page_types = ["knowledge.CommunityPage"]
    subpage_types: list[str] = []
    base_form_class = EntryPageForm

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("cover", widget=DiscreetImageChooser),
        FieldPanel("effects"),
        BodyPanel("body"),
        InlinePanel("attachments", label=_("attachment"), heading=_("Attachments")),
    ]
    details_panels = [EntryDetailsPanel(), FieldPanel("tags")]
    promote_panels = [
        MultiFieldPanel([FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")])
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Content")),
            ObjectList(details_panels, heading=_("Details")),
            ObjectList(promote_panels, heading=_("Promote")),
            ObjectList(Page.settings_panels, heading=_("Schedule")),
        ]
    )

    search_fields = [
        *Page.search_fields,
        index.SearchField("summary", boost=2),
        index.AutocompleteField("summary"),
        index.SearchField("body"),
        index.FilterField("entry_id"),
        index.RelatedFields("tags", [index.SearchField("name", boost=2)]),
        index.SearchField("author_names", boost=2),
        index.SearchField("topic_names", boost=0.5),
        index.SearchField("file_names", boost=0.5),
        index.SearchField("file_texts", boost=0.5),
    ]

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")

    @classmethod
    def from_serializable_data(cls, data, check_fks=True, strict_fks=False):
        """A version that was kept names tags that may have been merged since."""
        from knowledge.services import page_tags  # which changes these models

        return super().from_serializable_data(page_tags.followed(data), check_fks, strict_fks)

    @cached_property
    def found_by(self):
        from knowledge import found_by  # which reads these models

        return found_by.names_of([self])[self.pk]

    @property
    def author_names(self):
        return self.found_by.authors

    @property
    def topic_names(self):
        return self.found_by.topics

    @property
    def file_names(self):
        return self.found_by.files

    @property
    def file_texts(self):
        return self.found_by.texts

    def permissions_for_user(self, user):
        from knowledge.permission_policies import EntryPagePermissions  # the policies are about the models

        return EntryPagePermissions(user, self)

    def get_admin_display_title(self):
        from knowledge.permission_policies import is_withheld  # the policies are about the models

        return (
            gettext("A page that is not open to you")
            if is_withheld(self)
            else super().get_admin_display_title()
        )

    def publish(self, revision, **options):
        """Whatever asks for it: the admin, a review that ends, the clock, a bulk change."""
        from knowledge.services import entries  # which change these models

        if not self.live and not entries.takes_new_pages(self.entry):
            raise entries.CommunityArchived
        return super().publish(revision, **options)

    def get_workflow(self):
        """What is classified is its leads' to judge: a review would show it to curators it is not meant for."""
        if self.entry_id and self.entry.access == Access.CLASSIFIED:
            return None
        return super().get_workflow()

    def get_template(self, request, *args, **kwargs):
        """One template for every kind: they differ in a word, not in their page."""
        return "knowledge/entry_page.html"

    @property
    def preview_modes(self):
        return [*super().preview_modes, (SLIDES, pgettext("preview", "Slides"))]

    def serve_preview(self, request, mode_name):
        if mode_name != SLIDES:
            return super().serve_preview(request, mode_name)
        from knowledge import slide_views  # which read these models

        self._be_a_draft()
        context = slide_views.context(request, self, access.viewer_of(request.user))
        return TemplateResponse(request, "knowledge/slides.html", context)

    def _be_a_draft(self):
        """A draft is no version that may be kept; one that was never saved gets the entry that it would get."""
        from knowledge.services import entries  # which change these models

        self.body_digest = ""
        if self.entry_id is None:
            entries.imagine(self)

    def serve(self, request, *args, **kwargs):
        """The page, or that it is as the reader's browser has it, which costs no drawing."""
        from knowledge import page_marks, page_recall  # which read these models

        request.is_preview = False
        context = self.get_context(request, *args, **kwargs)
        mark = page_marks.of(request, context)
        response = page_marks.unchanged(request, mark)
        if response is None:
            response = TemplateResponse(request, self.get_template(request, *args, **kwargs), context)
            if context["pieces"].is_open:
                offline.may_be_kept(response, is_lasting=bool(mark))
        else:
            page_recall.remember(request, self, context, mark)
        if mark:
            response.headers["ETag"] = mark
        return response

    def get_context(self, request, *args, **kwargs):
        from knowledge import page_pieces, reading, versions  # which read these models
        from knowledge.models import Pin
        from knowledge.services import readings, replications

        if getattr(request, "is_preview", False):
            self._be_a_draft()
        viewer = access.viewer_of(request.user)
        context = super().get_context(request, *args, **kwargs)
        state = page_pieces.state(self, viewer)
        context["state"] = state
        context["pieces"] = SimpleLazyObject(lambda: page_pieces.drawn(self, viewer, state))
        context["is_kept"] = viewer.is_employee and self.entry_id in readings.kept_by(viewer.user_id or 0)
        context["may_record"] = self.entry.pk is not None and replications.may_record(self.entry, viewer)
        context["may_check"] = reading.may_check(self.entry, viewer)
        context["may_look_back"] = context["may_check"] or self.entry.kind in versions.KEPT_IN_COMMON
        context["may_pin"] = self.live and access.manages(viewer, self.entry.community)
        context["is_pinned"] = context["may_pin"] and Pin.objects.filter(entry=self.entry_id).exists()
        context["is_own"] = self.entry.owner_id == viewer.user_id
        context["today"] = clock.today()
        context["content_language"] = self.locale.language_code
        return context


class BestPracticePage(EntryPage):
    kind = EntryKind.BEST_PRACTICE

    class Meta:
        verbose_name = _("best practice")
        verbose_name_plural = _("best practices")


class SuccessStoryPage(EntryPage):
    kind = EntryKind.SUCCESS_STORY

    class Meta:
        verbose_name = _("success story")
        verbose_name_plural = _("success stories")


class WikiPage(EntryPage):
    kind = EntryKind.WIKI

    class Meta:
        verbose_name = _("wiki page")
        verbose_name_plural = _("wiki pages")


class BlogPage(EntryPage):
    kind = EntryKind.BLOG

    class Meta:
        verbose_name = _("blog post")
        verbose_name_plural = _("blog posts")


class EntryAttachment(Orderable):
    """A file that comes with a page."""

    page = ParentalKey(EntryPage, on_delete=models.CASCADE, related_name="attachments")
    document = models.ForeignKey(
        "people.Document", models.PROTECT, related_name="+", verbose_name=_("document")
    )
    description = models.CharField(_("description"), max_length=500, blank=True)

    panels = [FieldPanel("document", widget=DiscreetDocumentChooser), FieldPanel("description")]

    class Meta(Orderable.Meta):
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self) -> str:
        return self.description or str(self.document)
