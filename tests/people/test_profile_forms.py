from django.utils import translation

from people.profile_forms import TokenForm


def drawn(language: str) -> str:
    with translation.override(language):
        return str(TokenForm()["days"])


def test_how_long_a_token_holds_is_said_in_the_readers_language() -> None:
    assert '<option value="7">7 дней</option>' in drawn("ru")
    assert '<option value="90" selected>90 יום</option>' in drawn("he")
