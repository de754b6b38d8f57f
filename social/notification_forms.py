"""Forms of the settings of notifications."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from core.forms import HouseStyle
from core.notifications import Cadence, Channel, NotificationKind, kinds
from social.models import NotificationSettings, Preference, PushSubscription

MOST_QUIET_DAYS = 6


@dataclass(frozen=True)
class KindRow:
    """A kind with a field for each channel."""

    kind: NotificationKind
    fields: Sequence[Any]


class KindsForm(forms.Form):
    """How the person is told of each kind: by e-mail at a cadence, elsewhere or not."""

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = {
            (kind, channel): cadence
            for kind, channel, cadence in Preference.objects.filter(user=user).values_list(
                "kind", "channel", "cadence"
            )
        }
        for kind in kinds:
            for channel in Channel:
                wished = own.get((kind.name, channel.value), kind.default(channel))
                self.fields[_name(kind, channel)] = _field(kind, channel, wished)

    @property
    def groups(self) -> list[tuple[str, list[KindRow]]]:
        """The kinds by what they belong to, as the table shows them."""
        found: dict[str, list[KindRow]] = {}
        for kind in kinds:
            row = KindRow(kind, [self[_name(kind, channel)] for channel in Channel])
            found.setdefault(str(kind.group), []).append(row)
        return sorted(found.items())

    @property
    def wishes(self) -> dict[tuple[str, str], str]:
        """What was chosen, as `notification_settings.prefer` takes it."""
        wished = {}
        for kind in kinds:
            for channel in Channel:
                value = self.cleaned_data[_name(kind, channel)]
                if channel != Channel.EMAIL:
                    value = Cadence.INSTANT if value else Cadence.OFF
                wished[kind.name, channel.value] = str(value)
        return wished


def _name(kind: NotificationKind, channel: Channel) -> str:
    return f"{kind.name}-{channel.value}"


def _field(kind: NotificationKind, channel: Channel, wished: str) -> forms.Field:
    said = f"{kind.label}: {channel.label}"
    if channel == Channel.EMAIL:
        widget = forms.Select(attrs={"class": "form-select form-select-sm", "aria-label": said})
        return forms.ChoiceField(choices=Cadence.choices, initial=wished, label=said, widget=widget)
    box = forms.CheckboxInput(attrs={"class": "form-check-input", "aria-label": said})
    return forms.BooleanField(required=False, initial=wished != Cadence.OFF, label=said, widget=box)


class HoursForm(HouseStyle, forms.ModelForm):
    """When the person is told outside this site."""

    quiet_days = forms.TypedMultipleChoiceField(
        label=_("Days without any mail or push"),
        choices=[(day, WEEKDAYS[day]) for day in range(7)],
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    digest_weekday = forms.TypedChoiceField(
        label=_("Weekly digest on"), choices=[(day, WEEKDAYS[day]) for day in range(7)], coerce=int
    )

    class Meta:
        model = NotificationSettings
        fields = [
            *("has_quiet_hours", "quiet_from", "quiet_until", "quiet_days"),
            *("digest_at", "digest_weekday"),
        ]
        labels = {
            "has_quiet_hours": _("Keep quiet at certain hours"),
            "quiet_from": _("Quiet from"),
            "quiet_until": _("Quiet until"),
            "digest_at": _("Digests come at"),
        }
        widgets = {
            name: forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
            for name in ("quiet_from", "quiet_until", "digest_at")
        }

    def clean_quiet_days(self) -> list[int]:
        days: list[int] = self.cleaned_data["quiet_days"]
        if len(days) > MOST_QUIET_DAYS:
            raise ValidationError(_("Leave one day, or switch the mails and the push off instead."))
        return days


class DeviceForm(forms.ModelForm):
    """What a browser says of itself when it is to be told."""

    endpoint = forms.URLField(max_length=1000, assume_scheme="https")

    class Meta:
        model = PushSubscription
        fields = ["endpoint", "p256dh", "auth", "device"]

    def validate_unique(self) -> None:
        """The same browser may say it again, for somebody else too: the service sees to that."""

    def clean_endpoint(self) -> str:
        """An address of a service that the browsers use, and of no other machine."""
        endpoint: str = self.cleaned_data["endpoint"]
        parts = urlsplit(endpoint)
        host = parts.hostname or ""
        is_known = any(
            host == each or (each.startswith(".") and host.endswith(each)) for each in settings.PUSH_SERVICES
        )
        if parts.scheme != "https" or not is_known or parts.username is not None:
            raise ValidationError(_("This browser uses a service that is not known here."))
        return endpoint
