from collections.abc import Sequence

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.fields import in_language

NAME_FIELDS = tuple(f"name_{code}" for code, _language in settings.LANGUAGES)


def name_fields(path: str = "") -> tuple[str, ...]:
    """The fields with all names of the thing that `path` leads to."""
    return tuple(f"{path}{field}" for field in NAME_FIELDS)


def name_of(names: Sequence[str]) -> str:
    """The name in the active language, of the values of `name_fields`."""
    return str(in_language(dict(zip((code for code, _language in settings.LANGUAGES), names, strict=True))))


class Named(models.Model):
    """A thing with one name a language. English is the name of record, the others fall back to it."""

    name_en = models.CharField(_("name in English"), max_length=160)
    name_ru = models.CharField(_("name in Russian"), max_length=160, blank=True)
    name_uk = models.CharField(_("name in Ukrainian"), max_length=160, blank=True)
    name_bg = models.CharField(_("name in Bulgarian"), max_length=160, blank=True)
    name_he = models.CharField(_("name in Hebrew"), max_length=160, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the active language."""
        return self.name_in(get_language() or settings.LANGUAGE_CODE)

    @property
    def names(self) -> dict[str, str]:
        """All names that are given, by language code."""
        given = {code: getattr(self, f"name_{code}") for code, _label in settings.LANGUAGES}
        return {code: name for code, name in given.items() if name}

    def name_in(self, language: str) -> str:
        return getattr(self, f"name_{language.split('-', maxsplit=1)[0]}", "") or self.name_en
