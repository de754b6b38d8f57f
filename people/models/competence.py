from django.db import models
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node

from core.fields import PublicIdField
from core.models import FormerAddress, Named


class Competence(Named, MP_Node):
    """A node of what people can do: experts are vetted in it, entries and consultations are about it."""

    public_id = PublicIdField()
    slug = models.SlugField(max_length=80, unique=True)
    community = models.ForeignKey(
        "people.Community",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="competences",
        verbose_name=_("community"),
    )

    class Meta:
        verbose_name = _("competence")
        verbose_name_plural = _("competences")


class FormerCompetence(FormerAddress):
    """An address that a competence had, or one that was merged into it."""

    leads_to = models.ForeignKey(Competence, models.CASCADE, related_name="former")

    class Meta(FormerAddress.Meta):
        verbose_name = _("former competence")
        verbose_name_plural = _("former competences")
