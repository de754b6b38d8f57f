"""Forms with which the admin keeps the organisation: units, competences, working calendars."""

from collections.abc import Iterable
from datetime import date, time
from itertools import pairwise
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node
from wagtail.admin.forms import WagtailAdminModelForm

from people import time_zones
from people.models import Competence, Unit, WorkingCalendar
from people.services.calendars import Span

LONGEST_HOLIDAYS = 20_000


class NodeChoiceField(forms.ModelChoiceField):
    """A node of a tree, shown as deep as it stands."""

    def label_from_instance(self, node: Any) -> str:
        return "\N{EM SPACE}" * (node.depth - 1) + str(node)


class NodeChoicesField(forms.ModelMultipleChoiceField):
    """Several nodes of a tree, each indented as deep as it stands."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, node: Any) -> str:
        return "\N{EM SPACE}" * (node.depth - 1) + str(node)


class NodeForm(WagtailAdminModelForm):
    """A node with its place in the tree; saving is left to the service."""

    parent = NodeChoiceField(queryset=Unit.objects.none(), required=False, label=_("Below"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nodes = self._meta.model.objects.order_by("path")
        if self.instance.pk:
            nodes = nodes.exclude(path__startswith=self.instance.path)
            self.initial["parent"] = self.instance.get_parent()
        field = self.fields["parent"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = nodes

    @property
    def node(self) -> MP_Node:
        return self.instance


class UnitForm(NodeForm):
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zones.choices)

    class Meta:
        model = Unit
        fields = [
            "name",
            "short_name",
            "slug",
            "kind",
            "parent",
            "industry",
            "language",
            "time_zone",
            "calendar",
            "about",
        ]
        labels = {"slug": _("Address")}


class CompetenceForm(NodeForm):
    class Meta:
        model = Competence
        fields = ["name_en", "name_ru", "name_uk", "name_bg", "name_he", "slug", "parent", "community"]
        labels = {"slug": _("Address")}


class WorkingCalendarForm(WagtailAdminModelForm):
    """One line of hours for each weekday, and one line for each day off."""

    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zones.choices)
    holidays = forms.CharField(
        label=_("Days off"),
        required=False,
        max_length=LONGEST_HOLIDAYS,
        widget=forms.Textarea(attrs={"rows": 10, "dir": "auto"}),
        help_text=_("One a line: the date, then its name. For example: 2027-01-01 New Year’s Day"),
    )

    class Meta:
        model = WorkingCalendar
        fields = ["name", "time_zone"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stored: dict[int, list[str]] = {}
        if self.instance.pk:
            for span in self.instance.hours.all():
                stored.setdefault(span.weekday, []).append(f"{span.starts:%H:%M}–{span.ends:%H:%M}")
            days = [
                f"{holiday.date:%Y-%m-%d} {holiday.name}".strip() for holiday in self.instance.holidays.all()
            ]
            self.initial["holidays"] = "\n".join(days)
        for weekday, name in WEEKDAYS.items():
            self.fields[f"hours_{weekday}"] = forms.CharField(
                label=name,
                required=False,
                max_length=200,
                initial=", ".join(stored.get(weekday, [])),
                help_text=_("For example: 08:00–12:00, 13:00–17:00. Empty: no work.") if not weekday else "",
            )
        self.order_fields(["name", "time_zone", *(f"hours_{day}" for day in WEEKDAYS), "holidays"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for weekday in WEEKDAYS:
            name = f"hours_{weekday}"
            if name in cleaned:
                try:
                    cleaned[name] = spans_of(cleaned[name])
                except ValidationError as error:
                    self.add_error(name, error)
        if "holidays" in cleaned:
            try:
                cleaned["holidays"] = list(holidays_of(cleaned["holidays"].splitlines()))
            except ValidationError as error:
                self.add_error("holidays", error)
        return cleaned

    @property
    def hours(self) -> dict[int, list[Span]]:
        return {weekday: self.cleaned_data[f"hours_{weekday}"] for weekday in WEEKDAYS}


def spans_of(text: str) -> list[Span]:
    """Spans of work out of "08:00–12:00, 13:00-17:00", in order; raises ValidationError."""
    spans = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        starts, dash, ends = part.replace("—", "–").replace("-", "–").partition("–")
        try:
            span = (time.fromisoformat(starts.strip().zfill(5)), time.fromisoformat(ends.strip().zfill(5)))
        except ValueError as error:
            raise ValidationError(
                _("“%(part)s” is not a span of hours like 08:00–17:00."), params={"part": part}
            ) from error
        if not dash or span[0] >= span[1]:
            raise ValidationError(_("“%(part)s” ends before it begins."), params={"part": part})
        spans.append(span)
    spans.sort()
    if any(first[1] > second[0] for first, second in pairwise(spans)):
        raise ValidationError(_("Two spans of hours overlap."))
    return spans


def holidays_of(lines: Iterable[str]) -> Iterable[tuple[date, str]]:
    """Days off out of lines like "2027-01-01 New Year’s Day"; raises ValidationError."""
    for line in filter(None, (line.strip() for line in lines)):
        day, _space, name = line.partition(" ")
        try:
            yield date.fromisoformat(day), name.strip()[:120]
        except ValueError as error:
            raise ValidationError(
                _("“%(line)s” does not begin with a date like 2027-01-01."), params={"line": line}
            ) from error
