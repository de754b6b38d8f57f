"""Forms of the ledger: what an enterprise says of an entry, and what a curator says of its figures."""

import datetime as dt
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from core import clock, exchange
from core.forms import HouseStyle
from core.models.exchange_rate import CURRENCY_CODE
from knowledge.choices import EffectPeriod, MeasureUnit, ReplicationStatus
from knowledge.models import Entry, Replication
from knowledge.services import replications
from knowledge.services.replications import Draft
from people.access import Viewer
from people.choices import UnitKind
from people.models import Unit, User

NONE, MONEY, MEASURE = "none", "money", "measure"
EFFECT_KINDS = [
    (NONE, _("Not known yet")),
    (MONEY, _("In money")),
    (MEASURE, _("In another measure")),
]
OF_KIND = {
    MONEY: ("effect_amount", "effect_currency"),
    MEASURE: ("effect_number", "effect_unit", "effect_measure"),
}
LARGEST = Decimal(10) ** 12
EARLIEST = dt.date(1990, 1, 1)
MOST_PROOFS = 10
LARGEST_PROOF = 20 * 1024 * 1024
PROOF_EXTENSIONS = [*settings.WAGTAILDOCS_EXTENSIONS, "jpg", "jpeg", "png", "webp"]


class FigureField(forms.DecimalField):
    """A number as people write it: with spaces, and with the comma or point of their language."""

    def __init__(self, **options: Any) -> None:
        super().__init__(localize=True, required=False, **options)
        self.widget.attrs.update({"inputmode": "decimal", "autocomplete": "off", "dir": "ltr"})

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = "".join(value.split())
        return super().to_python(value)


class CurrencyField(forms.CharField):
    """Three letters; those that there are rates of are suggested."""

    default_validators = [CURRENCY_CODE]

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(
            attrs={"list": "currencies", "autocomplete": "off", "autocapitalize": "characters", "dir": "ltr"}
        )
        super().__init__(max_length=3, required=False, widget=widget, **options)

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").upper()


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class ProofsField(forms.FileField):
    """Some files at once."""

    def __init__(self, **options: Any) -> None:
        accept = ",".join(f".{extension}" for extension in PROOF_EXTENSIONS)
        super().__init__(widget=SeveralFiles(attrs={"accept": accept}), required=False, **options)

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        files = data if isinstance(data, list | tuple) else [data]
        cleaned = [super(ProofsField, self).clean(file, initial) for file in files if file]
        if len(cleaned) > MOST_PROOFS:
            raise ValidationError(
                ngettext_lazy(
                    "At most %(number)d file at once.", "At most %(number)d files at once.", MOST_PROOFS
                )
                % {"number": MOST_PROOFS}
            )
        for file in cleaned:
            if PurePath(file.name).suffix.lower().lstrip(".") not in PROOF_EXTENSIONS:
                raise ValidationError(
                    _("“%(name)s” is of a kind that is not taken. Take one of: %(kinds)s.")
                    % {"name": file.name, "kinds": ", ".join(PROOF_EXTENSIONS)}
                )
            if file.size > LARGEST_PROOF:
                raise ValidationError(_("“%(name)s” is larger than 20 MB.") % {"name": file.name})
        return cleaned


class ReplicationForm(HouseStyle, forms.Form):
    """What an enterprise says of the use of an entry."""

    enterprise = forms.ModelChoiceField(Unit.objects.none(), label=_("Enterprise"))
    status = forms.ChoiceField(label=_("Status"), choices=ReplicationStatus.choices, widget=forms.RadioSelect)
    as_of_date = forms.DateField(
        label=_("Date"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_(
            "Since when you use it, or when you decided. Money is converted at the rate of this day."
        ),
    )
    note = forms.CharField(
        label=_("What you did, and what you changed"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    effect_kind = forms.ChoiceField(
        label=_("Effect"), choices=EFFECT_KINDS, initial=NONE, widget=forms.RadioSelect
    )
    effect_amount = FigureField(
        label=_("Amount"), max_digits=16, decimal_places=2, min_value=-LARGEST, max_value=LARGEST
    )
    effect_currency = CurrencyField(label=_("Currency"))
    effect_number = FigureField(
        label=_("Number"), max_digits=16, decimal_places=3, min_value=-LARGEST, max_value=LARGEST
    )
    effect_unit = forms.ChoiceField(
        label=pgettext_lazy("of measure", "Unit"), choices=[("", "—"), *MeasureUnit.choices], required=False
    )
    effect_measure = forms.CharField(
        label=_("What was measured"),
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    effect_period = forms.ChoiceField(label=_("Period"), choices=EffectPeriod.choices, required=False)
    cost_amount = FigureField(
        label=_("Cost of introducing it"), max_digits=16, decimal_places=2, min_value=0, max_value=LARGEST
    )
    cost_currency = CurrencyField(label=_("Currency"))
    contact = forms.CharField(
        label=_("Contact person"),
        required=False,
        max_length=254,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        help_text=_("Whom to ask about it: an e-mail address, or the full name."),
    )
    proofs = ProofsField(
        label=_("Proofs"),
        help_text=_("Calculations, records, photos, up to 20 MB each. Who may see the entry may open them."),
    )
    without = forms.MultipleChoiceField(
        label=_("Take away"), required=False, widget=forms.CheckboxSelectMultiple
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *arguments: Any,
        entry: Entry,
        by: User,
        viewer: Viewer,
        replication: Replication | None = None,
        **options: Any,
    ) -> None:
        given = initial_of(replication) if replication else {"as_of_date": clock.today(), "contact": by.email}
        options["initial"] = {**given, "enterprise": by.enterprise_id, **options.get("initial", {})}
        super().__init__(*arguments, **options)
        self.viewer, self.replication = viewer, replication
        self.stored_contact = replication.contact if replication else None
        self.known_currencies = exchange.currencies()
        self.shown_proofs = (
            list(replication.proofs.filter(removed_at=None).select_related("document")) if replication else []
        )
        if replication:
            del self.fields["enterprise"]
        else:
            self._offer_enterprises(entry, by, viewer)
        if self.shown_proofs:
            choices = [(str(proof.pk), proof.document.title) for proof in self.shown_proofs]
            self.fields["without"].choices = choices  # type: ignore[attr-defined]  # of a choice field
        else:
            del self.fields["without"]

    def _offer_enterprises(self, entry: Entry, by: User, viewer: Viewer) -> None:
        """One's own; all for those who record for others. Where an entry comes from it is not taken to."""
        units = Unit.objects.filter(kind__in=[UnitKind.HOLDING, UnitKind.ENTERPRISE]).exclude(
            pk=entry.enterprise_id
        )
        if not replications.may_record_for_any(entry, viewer):
            units = units.filter(pk=by.enterprise_id)
        self.fields["enterprise"].queryset = units.order_by("name")  # type: ignore[attr-defined]  # of a choice field

    def clean_as_of_date(self) -> dt.date:
        date: dt.date = self.cleaned_data["as_of_date"]
        # It may be tomorrow already where the person is.
        if date > clock.today() + dt.timedelta(days=1):
            raise ValidationError(_("This day is still to come."))
        if date < EARLIEST:
            raise ValidationError(_("This day is too long ago."))
        return date

    def clean_contact(self) -> User | None:
        text = " ".join(self.cleaned_data["contact"].replace("\0", "").split())
        if not text:
            return None
        if self.stored_contact is not None and text == self.stored_contact.email:
            return self.stored_contact
        people = User.objects.visible_to(self.viewer)
        own = User.objects.filter(pk=self.viewer.user_id)
        found = list((people.filter(email__iexact=text) | own.filter(email__iexact=text))[:1])
        found = found or list(people.filter(name__iexact=text)[:2])
        if len(found) > 1:
            raise ValidationError(_("Several people are called so. Give the e-mail address."))
        if not found:
            raise ValidationError(_("Nobody has this name or e-mail address."))
        return found[0]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        kind = cleaned.get("effect_kind")
        for other, names in OF_KIND.items():
            if other == kind:
                self._require(names[0], names[1])
            elif any(cleaned.get(name) not in (None, "") for name in names[:1]):
                # What was typed is neither dropped nor guessed at.
                self.add_error("effect_kind", _("Say whether the effect is in money or in another measure."))
        if kind != NONE and cleaned.get("status") == ReplicationStatus.REJECTED:
            self.add_error("effect_kind", _("What is not used has no effect."))
        if cleaned.get("cost_amount") is not None:
            self._require("cost_amount", "cost_currency")
        return cleaned

    def _require(self, *names: str) -> None:
        for name in names:
            if name not in self.errors and self.cleaned_data.get(name) in (None, ""):
                self.add_error(name, self.fields[name].error_messages["required"])

    @property
    def draft(self) -> Draft:
        """What the form says, once it is valid."""
        said = self.cleaned_data
        kept = OF_KIND.get(said["effect_kind"], ())
        effect = {name: said[name] for name in kept}
        if kept:
            effect["effect_period"] = said["effect_period"] or EffectPeriod.ONCE
        has_cost = said["cost_amount"] is not None
        return Draft(
            status=said["status"],
            as_of_date=said["as_of_date"],
            note=said["note"],
            cost_amount=said["cost_amount"],
            cost_currency=said["cost_currency"] if has_cost else "",
            contact=said["contact"],
            **effect,
        )

    def begin_again_from(self, replication: Replication) -> None:
        """What was typed stays; sent again, it replaces what is stored now."""
        self.data = with_version(self.data, replication)


def with_version(data: Any, replication: Replication) -> Any:
    """What was sent, as if it had been written on the record as it is now."""
    renewed = data.copy()
    renewed["version"] = str(replication.version)
    return renewed


def initial_of(replication: Replication) -> dict[str, Any]:
    """What the form of a record begins with."""
    kind = NONE
    if replication.effect_amount is not None:
        kind = MONEY
    elif replication.effect_number is not None:
        kind = MEASURE
    names = ("status", "note", "version", *Replication.FIGURES)
    return {
        **{name: getattr(replication, name) for name in names},
        "effect_kind": kind,
        "contact": replication.contact.email if replication.contact else "",
    }


class JudgementForm(HouseStyle, forms.Form):
    """What a curator says of the figures that they have seen in that version."""

    CONFIRM, QUESTION = "confirm", "question"

    decision = forms.ChoiceField(choices=[(CONFIRM, CONFIRM), (QUESTION, QUESTION)])
    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("What you looked at, or what is doubtful. The recorder and all readers see it."),
    )


class WithdrawalForm(HouseStyle, forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
