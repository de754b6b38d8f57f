from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from core.fields import PublicIdField, TranslatedTextField, in_language
from core.models import Named
from people.choices import Access, CommunityState, CoverPattern
from people.declared_sections import validate_hidden_sections, validate_sections
from people.querysets import CARD_COVER_SPEC, COVER_SPEC, WHOLE_COVER_SPEC, CommunityQuerySet


class Community(index.Indexed, Named):
    """A circle of people around a direction. It has a page in every language; membership and access hang here."""

    public_id = PublicIdField()
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    access = models.CharField(_("access"), max_length=12, choices=Access.choices, default=Access.OPEN)
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=CommunityState.choices,
        default=CommunityState.PROPOSED,
        editable=False,
    )
    description = TranslatedTextField(_("description"))
    rules = TranslatedTextField(_("rules"), help_text=_("One rule a line."))
    greeting = TranslatedTextField(_("welcome to new members"))
    # Slugs of core.declarations.community_sections; empty where nothing was chosen.
    section_order = models.JSONField(default=list, blank=True, editable=False, validators=[validate_sections])
    hidden_sections = models.JSONField(
        default=list, blank=True, editable=False, validators=[validate_hidden_sections]
    )
    cover = models.ForeignKey(
        "people.Image", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("cover")
    )
    cover_pattern = models.CharField(
        _("pattern"), max_length=8, choices=CoverPattern.choices, default=CoverPattern.GEARS
    )
    accent = models.CharField(
        _("colour"), max_length=7, default="#0b6b6b", validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$")]
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    decision_reason = models.TextField(_("reason of the decision"), blank=True, editable=False)
    member_count = models.PositiveIntegerField(default=0, editable=False)
    # By its members (core.popularity); kept by a service, daily: who joins need not wait for the index.
    popularity = models.PositiveSmallIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CommunityQuerySet.as_manager()

    search_fields = [
        *(index.SearchField(f"name_{code}", boost=3) for code, _name in settings.LANGUAGES),
        *(index.AutocompleteField(f"name_{code}") for code, _name in settings.LANGUAGES),
        index.SearchField("all_descriptions"),
        index.FilterField("id"),
    ]

    class Meta:
        verbose_name = _("community")
        verbose_name_plural = _("communities")
        permissions = [
            ("propose_community", _("May propose a community")),
            ("confirm_community", _("May confirm or decline a proposed community")),
            ("see_closed", _("May read closed communities without being a member")),
            ("manage_any_community", _("May manage every community that may be seen")),
            ("break_glass", _("May enter classified communities with a reason, on record")),
        ]

    def get_absolute_url(self) -> str:
        return reverse("community", args=[self.slug])

    @property
    def cover_url(self) -> str:
        """The picture or drawing on top of its pages."""
        return self._cover_url(COVER_SPEC)

    @property
    def card_cover_url(self) -> str:
        """The same for cards in lists."""
        return self._cover_url(CARD_COVER_SPEC)

    @property
    def whole_cover_url(self) -> str:
        """The picture uncut, for choosing what of it must stay in sight."""
        return self._cover_url(WHOLE_COVER_SPEC)

    def _cover_url(self, shape: str) -> str:
        if self.cover is not None:
            try:
                return str(self.cover.get_rendition(shape).url)
            except OSError:
                pass  # its file is lost or broken: the drawing stands in
        return reverse("cover", args=[self.cover_pattern, self.accent.removeprefix("#"), self.slug])

    @property
    def description_text(self) -> str:
        return in_language(self.description)

    @property
    def all_descriptions(self) -> str:
        return "\n".join(self.description.values())

    @property
    def greeting_text(self) -> str:
        return in_language(self.greeting)

    @property
    def rule_lines(self) -> list[str]:
        text: Any = in_language(self.rules)
        return [line.strip() for line in str(text).splitlines() if line.strip()]
