from django.db import models
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node

from core.fields import PublicIdField, TranslatedTextField, in_language
from people.choices import UNIT_PARENTS, UnitKind


class Unit(MP_Node):
    """A node of the organisation: holding → enterprise → site or department.

    Named once, in the unit's own language: proper names are not translated.
    """

    public_id = PublicIdField()
    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=UnitKind.choices)
    name = models.CharField(_("name"), max_length=160)
    short_name = models.CharField(_("short name"), max_length=40, blank=True)
    industry = models.CharField(_("industry"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=5, default="en")
    time_zone = models.CharField(_("time zone"), max_length=50, default="UTC")
    about = TranslatedTextField(_("about"))
    calendar = models.ForeignKey(
        "people.WorkingCalendar",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="units",
        verbose_name=_("working calendar"),
    )

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("organisation")
        indexes = [models.Index(fields=["kind", "name"], name="unit_kind_name")]

    def __str__(self) -> str:
        return self.name

    def may_stand_below(self, parent: "Unit | None") -> bool:
        return (parent.kind if parent is not None else "") in UNIT_PARENTS[self.kind]

    @property
    def badge(self) -> str:
        """The name that fits where there is little room."""
        return self.short_name or self.name

    @property
    def about_text(self) -> str:
        return in_language(self.about)
