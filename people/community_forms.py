from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import MaxLengthValidator, RegexValidator
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core import covers
from core.forms import HouseStyle
from people import pictures
from people.choices import Access, CoverPattern, Focus
from people.models import Community
from people.services.break_glass import SHORTEST_REASON
from people.services.communities import CommunityDraft

FIRST_ACCENT = "#0b6b6b"
LONGEST_DESCRIPTION = 2000
LONGEST_RULES = 3000
LONGEST_GREETING = 1500

ACCESS_HELP = {
    Access.OPEN: _("Every employee reads it and may join."),
    Access.CLOSED: _(
        "Everybody sees its name and description; only members see what is inside. Leads let people in."
    ),
    Access.CLASSIFIED: _(
        "Who is not inside does not learn that it exists. People come in by invitation, and its leads decide item by "
        "item who sees what."
    ),
}


class CommunityForm(HouseStyle, forms.Form):
    """What a community says of itself in each language, and its look."""

    cover_pattern = forms.ChoiceField(label=_("Pattern of the cover"), choices=CoverPattern.choices)
    accent = forms.CharField(
        label=_("Colour of the cover"),
        validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Choose a colour."))],
        widget=forms.TextInput(attrs={"type": "color"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, _language in settings.LANGUAGES:
            self.fields[f"name_{code}"] = forms.CharField(
                label=pgettext_lazy("of a thing", "Name"), required=False, max_length=160, widget=_text(code)
            )
            self.fields[f"description_{code}"] = forms.CharField(
                label=_("Description"),
                required=False,
                validators=[MaxLengthValidator(LONGEST_DESCRIPTION)],
                help_text=_("What it is about and for whom, in two or three sentences."),
                widget=_text(code, rows=4),
            )
            self.fields[f"rules_{code}"] = forms.CharField(
                label=_("Rules"),
                required=False,
                validators=[MaxLengthValidator(LONGEST_RULES)],
                help_text=_("One rule a line."),
                widget=_text(code, rows=4),
            )

            self.fields[f"greeting_{code}"] = forms.CharField(
                label=_("Welcome to new members"),
                required=False,
                validators=[MaxLengthValidator(LONGEST_GREETING)],
                help_text=_(
                    "Shown once to who has just become a member, and in the mail that tells them of it."
                ),
                widget=_text(code, rows=3),
            )

    @staticmethod
    def initial_of(community: Community) -> dict[str, Any]:
        initial = {
            "seed": community.slug,
            "cover_pattern": community.cover_pattern,
            "accent": community.accent,
            "access": community.access,
        }
        for code, _language in settings.LANGUAGES:
            initial[f"name_{code}"] = getattr(community, f"name_{code}")
            initial[f"description_{code}"] = community.description.get(code, "")
            initial[f"rules_{code}"] = community.rules.get(code, "")
            initial[f"greeting_{code}"] = community.greeting.get(code, "")
        return initial

    @property
    def languages(self) -> list[dict[str, Any]]:
        """The texts by language; the reader's own and those with mistakes stand open."""
        own = (get_language() or settings.LANGUAGE_CODE).split("-", maxsplit=1)[0]
        parts = []
        for code, name in settings.LANGUAGES:
            fields = [self[f"{text}_{code}"] for text in ("name", "description", "rules", "greeting")]
            is_filled = any(field.value() for field in fields)
            is_written = all(self[f"{text}_{code}"].value() for text in ("name", "description"))
            is_open = code == own or any(field.errors for field in fields)
            parts.append(
                {
                    "code": code,
                    "name": name,
                    "fields": fields,
                    "is_open": is_open,
                    "is_filled": is_filled,
                    "is_written": is_written,
                }
            )
        return parts

    @property
    def preview_url(self) -> str:
        """The drawing that the fields give as they stand; what is not right yet is taken as first offered."""
        seed = (
            self.data.get("seed")
            or self.initial.get("seed")
            or slugify(str(self["name_en"].value() or ""))[:70]
        )
        pattern, accent = str(self["cover_pattern"].value()), str(self["accent"].value())
        try:
            covers.cover_svg(pattern, accent, "")
        except ValueError:
            pattern, accent = CoverPattern.GEARS, FIRST_ACCENT
        seed = slugify(str(seed)) or "community"
        return reverse("cover", args=[pattern, accent.removeprefix("#"), seed])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self._texts("name"):
            self.add_error(self._own("name"), _("Give it a name in at least one language."))
        elif not self._texts("description"):
            self.add_error(self._own("description"), _("Describe it in at least one language."))
        return cleaned

    def draft(self, access: str) -> CommunityDraft:
        return CommunityDraft(
            names=self._texts("name"),
            description=self._texts("description"),
            rules=self._texts("rules"),
            greeting=self._texts("greeting"),
            access=access,
            cover_pattern=self.cleaned_data["cover_pattern"],
            accent=self.cleaned_data["accent"].lower(),
        )

    def _texts(self, name: str) -> dict[str, str]:
        texts = {code: self.cleaned_data.get(f"{name}_{code}", "") for code, _language in settings.LANGUAGES}
        return {code: text.replace("\r\n", "\n") for code, text in texts.items() if text}

    def _own(self, name: str) -> str:
        """The field where a missing text is best written: in a language that has texts already, else the reader's."""
        used = [part["code"] for part in self.languages if part["is_filled"]]
        own = (get_language() or settings.LANGUAGE_CODE).split("-", maxsplit=1)[0]
        return f"{name}_{own if own in used or not used else used[0]}"


class ProposalForm(CommunityForm):
    access = forms.ChoiceField(label=_("Access"), choices=Access.choices, widget=forms.RadioSelect)


class CoverPictureForm(HouseStyle, forms.Form):
    picture = forms.FileField(
        label=_("Picture"),
        help_text=_("JPEG, PNG or WebP, up to 5 MB. A wide one serves best: it is shown as a band."),
        widget=forms.ClearableFileInput(attrs={"accept": pictures.ACCEPT}),
    )


class CoverFocusForm(HouseStyle, forms.Form):
    focus = forms.ChoiceField(
        label=_("What must stay in sight"),
        choices=Focus.choices,
        help_text=_("The picture is cut to a band here and to a card in lists; this part of it is kept."),
        widget=forms.RadioSelect,
    )


class AccessForm(HouseStyle, forms.Form):
    """A new access, and the word that its effect is understood."""

    access = forms.ChoiceField(label=_("Access"), choices=Access.choices, widget=forms.RadioSelect)
    understood = forms.BooleanField(
        label=_("I have read what changes and want it"),
        error_messages={"required": _("Confirm that you have read what changes.")},
    )


class DecisionForm(HouseStyle, forms.Form):
    """A decision with its reason."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class MailInvitationForm(HouseStyle, forms.Form):
    email = forms.EmailField(label=_("E-mail"), help_text=_("The invitation works for this address alone."))
    days = forms.IntegerField(label=_("Valid for days"), min_value=1, max_value=90, initial=14)


class LinkInvitationForm(HouseStyle, forms.Form):
    uses = forms.IntegerField(label=_("How many people may use it"), min_value=1, max_value=500, initial=10)
    days = forms.IntegerField(label=_("Valid for days"), min_value=1, max_value=90, initial=14)


class BreakGlassForm(HouseStyle, forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        min_length=SHORTEST_REASON,
        max_length=2000,
        help_text=_("At least 20 characters. It goes on record and to the community’s leads."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


def _text(code: str, rows: int = 0) -> forms.Widget:
    # Fields are added after HouseStyle has dressed the others.
    attrs = {"lang": code, "dir": "rtl" if code == "he" else "ltr", "class": "form-control"}
    return forms.Textarea(attrs={**attrs, "rows": str(rows)}) if rows else forms.TextInput(attrs=attrs)
