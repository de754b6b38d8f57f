"""Form fields for texts in several languages."""

from typing import Any

from django import forms
from django.conf import settings


class TranslatedTextWidget(forms.MultiWidget):
    """One text area a language, each in that language's direction."""

    template_name = "core/widgets/translated_text.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        widgets: dict[str, forms.Widget | type[forms.Widget]] = {
            code: forms.Textarea(attrs={"rows": 3, "lang": code, "dir": "auto", "aria-label": name})
            for code, name in settings.LANGUAGES
        }
        super().__init__(widgets, attrs)

    def decompress(self, value: Any) -> list[str]:
        return [(value or {}).get(code, "") for code, _name in settings.LANGUAGES]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for widget, (_code, language) in zip(
            context["widget"]["subwidgets"], settings.LANGUAGES, strict=True
        ):
            widget["language"] = language
        return context


class TranslatedTextFormField(forms.MultiValueField):
    """Cleans to `{language: text}` without the empty ones; at least one is needed where required."""

    widget = TranslatedTextWidget

    def __init__(self, **kwargs: Any) -> None:
        fields = [forms.CharField(required=False) for _language in settings.LANGUAGES]
        super().__init__(fields=fields, require_all_fields=False, **kwargs)

    def compress(self, data_list: list[str]) -> dict[str, str]:
        codes = [code for code, _name in settings.LANGUAGES]
        return {code: text for code, text in zip(codes, data_list or [], strict=False) if text}

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or {}) != self.compress(list(data or []))


class HouseStyle:
    """Mix into a form of the site: its widgets get the classes that the styles know."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            widget = field.widget
            if isinstance(widget, forms.CheckboxInput | forms.CheckboxSelectMultiple | forms.RadioSelect):
                kind = "form-check-input"
            elif isinstance(widget, forms.Select):
                kind = "form-select"
            else:
                kind = "form-control"
            widget.attrs["class"] = " ".join(filter(None, [widget.attrs.get("class", ""), kind]))
