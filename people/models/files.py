"""Pictures and documents. Their collection decides who may fetch them; the views of `people.files` ask."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage
from wagtail.search import index

from core.fields import PublicIdField
from people.choices import Focus
from people.querysets import FileQuerySet, ImageQuerySet


class Image(AbstractImage):
    public_id = PublicIdField()
    # Named apart from Wagtail's own model, whose reverse names would be the same.
    uploaded_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="uploaded_images",
        verbose_name=_("uploaded by"),
    )
    tags = TaggableManager(blank=True, verbose_name=_("tags"), related_name="people_images")
    alt_text = models.CharField(_("description for those who cannot see it"), max_length=255, blank=True)
    credit = models.CharField(_("credit"), max_length=255, blank=True)

    objects = ImageQuerySet.as_manager()
    # Without tags: a list of the commonest ones would show everybody the words of classified files.
    admin_form_fields = (
        *(name for name in WagtailImage.admin_form_fields if name != "tags"),
        "alt_text",
        "credit",
    )
    search_fields = [*WagtailImage.search_fields, index.FilterField("id")]

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_image", "Can choose image")]

    @property
    def default_alt_text(self) -> str:
        return self.alt_text

    @property
    def focus(self) -> Focus:
        """The part that stays in sight, to a third of each side."""
        if self.focal_point_x is None or self.focal_point_y is None:
            return Focus.MIDDLE
        column = min(2, 3 * self.focal_point_x // self.width)
        row = min(2, 3 * self.focal_point_y // self.height)
        return list(Focus)[3 * row + column]

    @focus.setter
    def focus(self, part: str) -> None:
        row, column = divmod(list(Focus).index(Focus(part)), 3)
        self.focal_point_x = round(self.width * (2 * column + 1) / 6)
        self.focal_point_y = round(self.height * (2 * row + 1) / 6)
        # A point has no size: sizes are for those who draw a box around a face in the admin.
        self.focal_point_width = self.focal_point_height = 1


class Rendition(AbstractRendition):
    public_id = PublicIdField()
    image = models.ForeignKey(Image, models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="rendition_once")
        ]

    @property
    def url(self) -> str:
        """The address of the view that asks who may see it, never that of the stored file."""
        return reverse("rendition", args=[self.public_id, self.file.name.rsplit("/", 1)[-1]])


class Document(AbstractDocument):
    public_id = PublicIdField()
    uploaded_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="uploaded_documents",
        verbose_name=_("uploaded by"),
    )
    tags = TaggableManager(blank=True, verbose_name=_("tags"), related_name="people_documents")
    description = models.CharField(_("description"), max_length=500, blank=True)

    objects = FileQuerySet.as_manager()
    admin_form_fields = (
        *(name for name in WagtailDocument.admin_form_fields if name != "tags"),
        "description",
    )
    search_fields = [*WagtailDocument.search_fields, index.FilterField("id")]

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_document", "Can choose document")]
