import pytest
from django.template.loader import render_to_string
from django.utils import translation

PAGES = ("400", "403", "403_csrf", "404", "500")


@pytest.mark.parametrize("name", PAGES)
def test_renders_without_context_request_or_database(name: str) -> None:
    page = render_to_string(f"{name}.html")
    assert "Guildhall" in page
    assert f'class="code">{name[:3]}<' in page
    assert "<h1>" in page


@pytest.mark.parametrize("name", PAGES)
def test_speaks_right_to_left(name: str) -> None:
    with translation.override("he"):
        assert '<html lang="he" dir="rtl"' in render_to_string(f"{name}.html")
