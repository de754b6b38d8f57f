import pytest

from cms import navigation


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/", "home"),
        ("/he/", "home"),
        ("/communities/", "communities"),
        ("/ru/communities/maintenance/", "communities"),
        ("/catalogue/", "catalogue"),
        ("/people/0190a/", "people"),
        ("/search/", "search"),
        ("/people/units/forge/", "people"),
        ("/replications/", "catalogue"),
        ("/replications/0190a/edit/", "catalogue"),
        ("/entries/0190a/replications/record/", "catalogue"),
        ("/accounts/login/", ""),
        ("/encommunities/", ""),
    ],
)
def test_current_place(path: str, expected: str) -> None:
    assert navigation.current_place(path) == expected


def test_only_the_current_place_is_marked() -> None:
    marked = navigation.marked(navigation.HEADER, "catalogue")
    assert [place.name for place in marked if place.is_current] == ["catalogue"]
    assert not any(place.is_current for place in navigation.marked(navigation.HEADER, ""))


def test_a_phone_has_five_places_with_the_catalogue_in_the_middle() -> None:
    assert len(navigation.BOTTOM_BAR) == 5
    assert navigation.BOTTOM_BAR[2] is navigation.CATALOGUE
