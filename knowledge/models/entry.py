from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from core import clock
from core.fields import PublicIdField
from knowledge.choices import Difficulty, EffectPeriod, EntryKind
from knowledge.querysets import EntryQuerySet
from people import access
from people.choices import Access


class Entry(ClusterableModel):
    """What is the same in every language of a catalogue entry, wiki page or blog post; its pages hold the words.

    Everything that people do with an entry (replicate, follow, comment) hangs here, never on a page.
    """

    key = PublicIdField()
    kind = models.CharField(_("kind"), max_length=16, choices=EntryKind.choices, editable=False)
    slug = models.SlugField(max_length=255, unique=True, editable=False)
    community = models.ForeignKey(
        "people.Community",
        models.PROTECT,
        related_name="entries",
        verbose_name=_("community"),
        editable=False,
    )
    access = models.CharField(
        _("access"),
        max_length=12,
        choices=Access.choices,
        default=Access.OPEN,
        help_text=_(
            "Open: whoever may read the community. Closed: its members. Classified: authors, owner, the community's "
            "leads and those named below."
        ),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="owned_entries",
        verbose_name=_("owner"),
        help_text=_("Who answers for the entry and is asked whether it is still true."),
    )
    enterprise = models.ForeignKey(
        "people.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="entries",
        verbose_name=_("enterprise"),
        limit_choices_to={"kind": "enterprise"},
    )
    department = models.ForeignKey(
        "people.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("department"),
        limit_choices_to={"kind": "department"},
    )
    competences = ParentalManyToManyField(
        "people.Competence", blank=True, related_name="entries", verbose_name=_("competences")
    )
    difficulty = models.CharField(_("difficulty"), max_length=10, choices=Difficulty.choices, blank=True)
    effect_amount = models.DecimalField(
        _("economic effect"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    effect_currency = models.CharField(_("currency"), max_length=3, blank=True)
    effect_period = models.CharField(_("period"), max_length=6, choices=EffectPeriod.choices, blank=True)
    review_date = models.DateField(_("review date"), null=True, blank=True)
    checked_at = models.DateTimeField(_("checked still true"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    # Kept by the services when a page of the entry goes live or is withdrawn: lists ask the entry, not its pages.
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    languages = models.JSONField(_("languages"), default=list, editable=False)
    # Entries near to it by content, the nearest first, whoever may see them (knowledge.nearness); kept by a service.
    near = models.JSONField(default=list, editable=False)
    # How much it is used (core.popularity); kept by a service, daily.
    popularity = models.PositiveSmallIntegerField(default=0, editable=False)
    # Why it was taken out of the catalogue; empty again once it is published.
    archive_reason = models.CharField(_("archived because"), max_length=300, blank=True, editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        indexes = [
            models.Index(fields=["-published_at", "-id"], name="entry_newest"),
            models.Index(fields=["community", "kind", "-published_at"], name="entry_community"),
            models.Index(fields=["owner", "review_date"], name="entry_review"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(effect_amount=None) | ~models.Q(effect_currency=""),
                name="entry_effect_currency",
                violation_error_message=_("Say in which currency the effect is given."),
            )
        ]

    def __str__(self) -> str:
        """Its title where `titled` has brought it: an entry has one in each language, and none by itself."""
        return getattr(self, "title", None) or self.slug

    def get_absolute_url(self) -> str:
        """Leads to the page in the reader's language."""
        return reverse("entry", args=[self.key])

    @property
    def is_stale(self) -> bool:
        return self.review_date is not None and self.review_date < clock.today()

    @property
    def audience(self) -> list[str]:
        """The keys of those who may see the entry; empty while nothing of it is published."""
        if self.published_at is None:
            return []
        users: set[int] = set()
        units: set[int] = set()
        if self.access == Access.CLASSIFIED:
            users = {self.owner_id, *self.authors.values_list("user_id", flat=True)}
            for user, unit in self.shares.values_list("user_id", "unit_id"):
                users.update({user} - {None})
                units.update({unit} - {None})
        return access.item_audience(self.community, self.access, users=sorted(users), units=sorted(units))


class EntryAuthor(Orderable):
    entry = ParentalKey(Entry, on_delete=models.CASCADE, related_name="authors")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="authorships", verbose_name=_("author")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        constraints = [models.UniqueConstraint(fields=["entry", "user"], name="entry_author_once")]

    def __str__(self) -> str:
        return str(self.user)


class EntryShare(models.Model):
    """A person or a unit that a lead lets see a classified entry."""

    entry = ParentalKey(Entry, on_delete=models.CASCADE, related_name="shares")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("person"),
    )
    unit = models.ForeignKey(
        "people.Unit", models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("unit")
    )

    class Meta:
        verbose_name = _("share")
        verbose_name_plural = _("who else may see it, if it is classified")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user=None, unit__isnull=False) | models.Q(user__isnull=False, unit=None),
                name="entry_share_one",
                violation_error_message=_("Name either a person or a unit, and one of them only."),
            )
        ]

    def __str__(self) -> str:
        return str(self.user or self.unit)
