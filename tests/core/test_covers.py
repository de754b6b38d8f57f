import xml.etree.ElementTree as ElementTree

import pytest

from core import covers

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("pattern", covers.PATTERNS)
class TestEveryPattern:
    def test_is_a_well_formed_picture_of_the_asked_size(self, pattern: str) -> None:
        root = ElementTree.fromstring(covers.cover_svg(pattern, "#374151", "pumps", 400, 132))
        assert root.tag == f"{SVG}svg"
        assert root.attrib["viewBox"] == "0 0 400 132"
        assert len(list(root.iter())) > 8

    def test_is_the_same_for_the_same_seed_and_another_for_another(self, pattern: str) -> None:
        first = covers.cover_svg(pattern, "#0f4c5c", "laser-alignment")
        assert covers.cover_svg(pattern, "#0f4c5c", "laser-alignment") == first
        assert covers.cover_svg(pattern, "#0f4c5c", "compressed-air") != first

    def test_passes_a_strict_content_policy(self, pattern: str) -> None:
        drawn = covers.cover_svg(pattern, "#0f4c5c", "a")
        assert "<script" not in drawn
        assert "style=" not in drawn

    def test_stays_small(self, pattern: str) -> None:
        assert len(covers.cover_svg(pattern, "#9a1b1e", "safety")) < 30_000


def test_accent_may_come_without_its_hash_from_an_address() -> None:
    assert covers.cover_svg("bars", "1F3A5F", "x") == covers.cover_svg("bars", "#1f3a5f", "x")


@pytest.mark.parametrize(
    ("pattern", "accent"),
    [("stars", "#374151"), ("gears", "red"), ("gears", "#fff"), ("gears", '"/><script>'), ("", "")],
)
def test_refuses_what_it_does_not_know(pattern: str, accent: str) -> None:
    with pytest.raises(ValueError, match="no cover"):
        covers.cover_svg(pattern, accent, "x")


def test_seed_never_reaches_the_picture() -> None:
    assert "onload" not in covers.cover_svg("dots", "#374151", '"><svg onload=alert(1)>')


def test_a_pale_accent_is_darkened_so_that_the_shapes_are_seen() -> None:
    drawn = covers.cover_svg("lines", "#fafafa", "x")
    assert "#fafafa" not in drawn
