from typing import Any
from zoneinfo import available_timezones

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from core.fields import PublicIdField
from people.choices import Theme
from people.querysets import PHOTO_SPEC, UserQuerySet


def validate_time_zone(value: str) -> None:
    if value not in available_timezones():
        raise ValidationError(_("“%(value)s” is not a time zone."), params={"value": value})


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]  # a base made on the way
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str) -> "User":
        return self.get(email__iexact=email)


class User(index.Indexed, AbstractBaseUser, PermissionsMixin):
    """A person of the organisation. Never deleted: who leaves is deactivated."""

    public_id = PublicIdField()
    email = models.EmailField(_("e-mail"), max_length=254)
    name = models.CharField(_("name"), max_length=300)
    photo = models.ForeignKey(
        "people.Image", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("photo")
    )
    job = models.CharField(_("job"), max_length=200, blank=True)
    enterprise = models.ForeignKey(
        "people.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("enterprise")
    )
    site = models.ForeignKey(
        "people.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("site")
    )
    department = models.ForeignKey(
        "people.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("department")
    )
    about = models.TextField(_("about"), blank=True, max_length=4000)
    skills = models.ManyToManyField(
        "people.Competence", blank=True, related_name="skilled_people", verbose_name=_("skills")
    )
    other_skills = models.JSONField(_("other skills"), default=list, blank=True)
    competences = models.ManyToManyField(
        "people.Competence", blank=True, related_name="experts", verbose_name=_("vetted competences")
    )
    language = models.CharField(
        _("language of the interface"), max_length=5, choices=settings.LANGUAGES, blank=True
    )
    reading_languages = models.JSONField(_("languages read and answered in"), default=list, blank=True)
    time_zone = models.CharField(
        _("time zone"), max_length=50, default="UTC", validators=[validate_time_zone]
    )
    theme = models.CharField(_("theme"), max_length=5, choices=Theme.choices, default=Theme.AUTO)
    is_active = models.BooleanField(_("active"), default=True)
    joined_at = models.DateTimeField(_("joined"), auto_now_add=True)
    welcomed_at = models.DateTimeField(_("welcomed"), null=True, blank=True, editable=False)
    # Raised by everything that changes what the person may see or do, so that caches of it fall at once.
    access_version = models.PositiveIntegerField(default=0, editable=False)

    objects = UserManager()

    search_fields = [
        index.SearchField("name", boost=3),
        index.AutocompleteField("name"),
        index.SearchField("job", boost=2),
        index.AutocompleteField("job"),
        index.SearchField("about"),
        index.RelatedFields("enterprise", [index.SearchField("name")]),
        index.RelatedFields(
            "skills", [index.SearchField(f"name_{code}") for code, _name in settings.LANGUAGES]
        ),
        index.FilterField("id"),
        index.FilterField("is_active"),
    ]

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]
        indexes = [
            models.Index(fields=["name"], name="user_name"),
            models.Index(fields=["enterprise", "name"], name="user_enterprise_name"),
        ]
        permissions = [
            ("view_directory", _("May look people up")),
            ("manage_roles", _("May give and take roles")),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_absolute_url(self) -> str:
        return reverse("person", args=[self.public_id])

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0] if self.name else self.email

    def row_but_sign_in(self) -> list[Any]:
        """Their whole row, secrets with it, but for when they signed in last: to tell one state from another."""
        return [
            getattr(self, field.attname) for field in self._meta.concrete_fields if field.name != "last_login"
        ]

    @property
    def first_name(self) -> str:
        """What Wagtail calls the person in its menu; without it the e-mail address would stand there."""
        return self.get_short_name()

    @property
    def is_staff(self) -> bool:
        """Whether the Wagtail admin is open to the person; parts of Wagtail ask by Django's name."""
        return self.has_perm("wagtailadmin.access_admin")

    @property
    def initials(self) -> str:
        """One or two letters for a round place."""
        words = [word for word in self.name.split() if word[0].isalpha()] or [self.email]
        return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()

    @property
    def photo_url(self) -> str:
        """The address of a square of the photo, "" where there is none; lists fetch it with `with_photos`."""
        if self.photo is None:
            return ""
        try:
            return self.photo.get_rendition(PHOTO_SPEC).url
        except OSError:  # the file is gone: initials serve
            return ""

    @property
    def known_for(self) -> list[Any]:
        """What the person is vetted in, else what they say they can."""
        return list(self.competences.all()) or list(self.skills.all())

    @property
    def preferred_language(self) -> str:
        return self.language or settings.LANGUAGE_CODE
