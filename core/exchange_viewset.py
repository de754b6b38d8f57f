"""Exchange rates in the admin: a list, one by one, and many from a file."""

import io
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton

from core import exchange
from core.models import ExchangeRate
from core.table_files import TableFile

LARGEST_FILE = 5 * 1024 * 1024


class RateForm(WagtailAdminModelForm):
    class Meta:
        model = ExchangeRate
        fields = ["date", "currency", "rate"]

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).upper()


class ImportForm(forms.Form):
    """A file, or lines pasted in; the lines stay in the form when they are refused."""

    file = forms.FileField(label=gettext_lazy("CSV file"), required=False)
    lines = forms.CharField(
        label=gettext_lazy("Or the lines themselves"),
        required=False,
        max_length=LARGEST_FILE,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "dir": "ltr"}),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        file = said.get("file")
        if file is not None and file.size > LARGEST_FILE:
            raise ValidationError(_("The file is larger than 5 MB."))
        text = said.get("lines") or ""
        if file is not None:
            try:
                text = file.read().decode("utf-8-sig")
            except UnicodeDecodeError as error:
                raise ValidationError(_("The file is not text in UTF-8.")) from error
        said["rates"] = list(exchange.read_csv(io.StringIO(text)))
        if not said["rates"]:
            raise ValidationError(_("There is no rate in it."))
        return said


class RateList(TableFile, generic.IndexView):
    default_ordering = "-date"

    @property
    def header_buttons(self) -> list[Any]:
        buttons = list(super().header_buttons)
        if self.add_url:
            url = reverse("exchange_rate:import")
            buttons.append(HeaderButton(_("Import"), url=url, icon_name="upload"))
        return buttons


class AddRate(generic.CreateView):
    def save_instance(self) -> ExchangeRate:
        return exchange.save_rate(self.form.save(commit=False), by=self.request.user)


class EditRate(generic.EditView):
    def save_instance(self) -> ExchangeRate:
        return exchange.save_rate(self.form.save(commit=False), by=self.request.user)


class DeleteRate(generic.DeleteView):
    def delete_action(self) -> None:
        exchange.remove_rate(self.object, by=self.request.user)


def import_rates(request: HttpRequest) -> HttpResponse:
    """Many rates at once, all of them or none."""
    if not request.user.has_perm("core.add_exchangerate") or not request.user.has_perm(
        "core.change_exchangerate"
    ):
        raise PermissionDenied
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        number = exchange.set_rates(form.cleaned_data["rates"], by=request.user)
        text = ngettext("%(number)d rate is kept.", "%(number)d rates are kept.", number)
        messages.success(request, text % {"number": number})
        return redirect("exchange_rate:index")
    return render(request, "core/admin/import_rates.html", {"form": form})


class ExchangeRateViewSet(ModelViewSet):
    model = ExchangeRate
    name = "exchange_rate"
    url_prefix = "exchange-rates"
    menu_label = gettext_lazy("Exchange rates")
    icon = "order"
    add_to_settings_menu = True
    menu_order = 705
    index_view_class = RateList
    add_view_class = AddRate
    edit_view_class = EditRate
    delete_view_class = DeleteRate
    copy_view_enabled = False
    list_filter = ["currency", "date"]
    list_per_page = 100
    list_display = [
        TitleColumn(
            "currency",
            label=gettext_lazy("Currency"),
            sort_key="currency",
            url_name="exchange_rate:edit",
        ),
        DateColumn("date", label=gettext_lazy("From the day"), sort_key="date"),
        Column("rate", label=gettext_lazy("Rate")),
    ]
    list_export = ["date", "currency", "rate"]
    export_filename = "exchange-rates"

    def get_form_class(self, for_update: bool = False) -> type[RateForm]:
        return RateForm

    def get_urlpatterns(self) -> list[Any]:
        return [*super().get_urlpatterns(), path("import/", import_rates, name="import")]
