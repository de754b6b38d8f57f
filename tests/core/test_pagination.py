import base64
import json
from typing import Any

import pytest

from core import pagination
from people.models import User


@pytest.fixture
def people(db: None) -> list[User]:
    names = ["Ada", "Ada", "Bo", "Bo", "Cy", "Di", "Ed"]
    return [User.objects.create_user(f"p{n}@example.org", name=name) for n, name in enumerate(names)]


def walk(limit: int, order: tuple[str, str]) -> list[int]:
    seen, cursor = [], None
    while True:
        part = pagination.keyset(User.objects.all(), order=order, cursor=cursor, limit=limit)
        seen += [user.pk for user in part.items]
        if part.next is None:
            return seen
        cursor = part.next


def cursor_of(values: list[Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


class TestKeyset:
    @pytest.mark.parametrize("limit", [1, 2, 3, 100])
    @pytest.mark.parametrize("order", [("name", "id"), ("-name", "-id")])
    def test_every_row_once_in_order(self, people: list[User], limit: int, order: tuple[str, str]) -> None:
        assert walk(limit, order) == list(User.objects.order_by(*order).values_list("pk", flat=True))

    def test_a_row_added_behind_the_reader_is_not_told_twice(self, people: list[User]) -> None:
        first = pagination.keyset(User.objects.all(), order=("name", "id"), cursor=None, limit=3)
        User.objects.create_user("new@example.org", name="Aaa")
        rest = pagination.keyset(User.objects.all(), order=("name", "id"), cursor=first.next, limit=100)
        assert {u.pk for u in first.items} | {u.pk for u in rest.items} == {u.pk for u in people}

    @pytest.mark.parametrize("cursor", ["nonsense", "e30", "WzFd", "W251bGwsIG51bGxd", "ff" * 300, "é"])
    def test_a_made_up_cursor_is_refused(self, people: list[User], cursor: str) -> None:
        with pytest.raises(pagination.InvalidCursor):
            pagination.keyset(User.objects.all(), order=("joined_at", "id"), cursor=cursor, limit=3)

    @pytest.mark.parametrize("values", [["a", 10**40], ["a", -(10**40)], ["\ud800", 1], ["a\x00", 1]])
    def test_so_is_one_of_values_that_no_database_takes(self, people: list[User], values: list[Any]) -> None:
        with pytest.raises(pagination.InvalidCursor):
            pagination.keyset(User.objects.all(), order=("name", "id"), cursor=cursor_of(values), limit=3)


class TestNumbered:
    @pytest.mark.parametrize(
        ("asked", "given"),
        [(None, 1), ("", 1), ("x", 1), ("0", 1), ("-3", 1), ("2", 2), ("99", 3), ("9" * 40, 3)],
    )
    def test_nonsense_means_the_first_page_and_too_far_the_last(
        self, people: list[User], asked: str | None, given: int
    ) -> None:
        assert pagination.numbered(User.objects.order_by("pk"), asked, size=3).number == given

    def test_an_empty_list_has_one_empty_page(self, db: None) -> None:
        assert list(pagination.numbered(User.objects.order_by("pk"), "4")) == []
