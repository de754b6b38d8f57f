from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from core import compiled
from people.models import Community, User
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def every(model: Any) -> list[int]:
    return list(model.objects.values_list("pk", flat=True))


def test_the_values_that_the_queryset_gives(world: World) -> None:
    fields = ("public_id", "description", "created_at", "cover__title", "pk")
    kept = compiled.made(Community.objects.exclude(access="classified").order_by("-pk"), fields)
    rows = Community.objects.exclude(access="classified").values_list(*fields)
    assert sorted(kept.rows(every(Community)), key=repr) == sorted(rows, key=repr)


def test_of_the_rows_that_are_asked_for() -> None:
    pks = [Group.objects.create(name=f"{number}% of all").pk for number in range(3)]
    kept = compiled.made(Group.objects.filter(name__contains="% of"), ("pk", "name"))
    assert kept.rows(pks[:1]) == [(pks[0], "0% of all")]
    assert sorted(kept.rows([pks[1], pks[2], pks[2], 0])) == [(pks[1], "1% of all"), (pks[2], "2% of all")]


def test_as_the_tables_are_at_that_moment(world: World) -> None:
    kept = compiled.made(User.objects.active(), ("name",))
    assert kept.rows([world.employee.pk]) == [("Emil Employee",)]
    User.objects.filter(pk=world.employee.pk).update(name="Emil Elsewhere")
    assert kept.rows([world.employee.pk]) == [("Emil Elsewhere",)]
    User.objects.filter(pk=world.employee.pk).update(is_active=False)
    assert kept.rows([world.employee.pk]) == []


def test_is_made_without_a_query_and_asks_one() -> None:
    pk = Group.objects.create(name="Gardeners").pk
    with CaptureQueriesContext(connection) as asked:
        kept = compiled.made(Group.objects.all(), ("name",))
    assert len(asked) == 0
    assert kept.rows([pk]) == [("Gardeners",)]
    with CaptureQueriesContext(connection) as asked:
        assert kept.rows([pk]) == [("Gardeners",)]
        assert kept.rows([]) == []
    assert len(asked) == 1


@pytest.mark.parametrize("nothing", [Group.objects.none(), Group.objects.filter(pk__in=[])])
def test_nothing_is_known_to_be_nothing(nothing: Any, django_assert_num_queries: Any) -> None:
    kept = compiled.made(nothing, ("name",))
    assert kept.is_nothing
    with django_assert_num_queries(0):
        assert kept.rows([1]) == []
    assert not compiled.made(Group.objects.filter(Q(pk=1) | Q(pk__in=[])), ("name",)).is_nothing


def test_those_who_differ_in_parameters_share_a_statement() -> None:
    pks = [Group.objects.create(name=name).pk for name in ("a", "b")]
    one, other = (compiled.made(Group.objects.filter(name=name), ("name",)) for name in ("a", "b"))
    assert one.statement == other.statement
    assert (one.rows(pks), other.rows(pks)) == ([("a",)], [("b",)])


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL keeps plans by name")
def test_is_planned_anew_by_another_connection() -> None:
    kept = compiled.made(Group.objects.all(), ("name",))
    pk = Group.objects.create(name="Gardeners").pk
    first = connection.connection
    for _time in range(2):
        with CaptureQueriesContext(connection) as asked:
            assert kept.rows([pk]) == [("Gardeners",)]
    assert [query["sql"].split()[0] for query in asked] == ["EXECUTE"]
    connection.connection = connection.get_new_connection(connection.get_connection_params())
    try:
        with CaptureQueriesContext(connection) as asked:
            assert kept.rows([pk]) == []
    finally:
        connection.connection.close()
        connection.connection = first
    assert [query["sql"].split()[0] for query in asked] == ["PREPARE", "EXECUTE"]
