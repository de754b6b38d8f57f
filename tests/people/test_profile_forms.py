from django import forms
from django.utils import translation

from people.profile_forms import TokenForm


def offered(language: str) -> dict[int, str]:
    with translation.override(language):
        field = TokenForm().fields["days"]
        assert isinstance(field, forms.ChoiceField)
        return dict(field.choices)


def test_how_long_a_token_holds_is_said_in_the_readers_language() -> None:
    assert offered("ru")[7] == "7 дней"
    assert offered("he")[90] == "90 יום"
