"""Model fields that several apps share."""

import unicodedata
import uuid
from typing import Any

import uuid6
from django.conf import settings
from django.db import models
from django.utils.translation import get_language


def uuid7() -> uuid.UUID:
    """A time-ordered identifier (RFC 9562, version 7), safe to show outside."""
    return uuid.UUID(bytes=uuid6.uuid7().bytes)


class PublicIdField(models.UUIDField):
    """The identifier by which the world outside the database knows a row; never a primary key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.update(default=uuid7, editable=False, unique=True)
        super().__init__(*args, **kwargs)


def in_language(texts: dict[str, Any], language: str | None = None) -> Any:
    """The text in `language` (default: the active one), else in English, else in any, else empty."""
    language = (language or get_language() or settings.LANGUAGE_CODE).split("-")[0]
    for code in (language, "en", *texts):
        if texts.get(code):
            return texts[code]
    return ""


class TranslatedTextField(models.JSONField):
    """One text in several languages, stored as `{"en": "…", "ru": "…"}`; read it with `in_language`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", dict)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> Any:
        from core.forms import TranslatedTextFormField  # forms need translations, models load first

        return TranslatedTextFormField(
            required=not self.blank, label=kwargs.get("label") or self.verbose_name, help_text=self.help_text
        )


def folded(text: str) -> str:
    """What is left of a name when only its letters and digits count: "CNC", "cnc " and "C.N.C." are one.

    Plus and sharp stay, as do points between digits: "C", "C++" and "C#" are three, "1.5" is not "15".
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    kept = "".join(letter for at, letter in enumerate(plain) if _counts(plain, at))
    return kept or plain.strip()


def _counts(text: str, at: int) -> bool:
    letter = text[at]
    if letter in ".,":
        return text[max(at - 1, 0) : at].isdigit() and text[at + 1 : at + 2].isdigit()
    return letter.isalnum() or letter in "+#"


class FoldedField(models.CharField[Any, Any]):
    """The folded text of another field of the row, kept whenever the row is saved, one by one or in bulk."""

    def __init__(self, *args: Any, of: str, **kwargs: Any) -> None:
        self.of = of
        kwargs.update(editable=False, blank=True, db_index=True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = folded(getattr(model_instance, self.of))[: self.max_length]
        setattr(model_instance, self.attname, value)
        return value
