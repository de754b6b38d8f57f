"""Levels of how much use is made of a thing."""

from core.popularity import TOP, level


def test_levels_grow_with_the_logarithm() -> None:
    assert [level(uses) for uses in (0, 1, 2, 3, 7, 1023, 10**9)] == [0, 2, 3, 4, 6, 20, TOP]
