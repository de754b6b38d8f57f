"""One question over all kinds in one statement: match, keep what the viewer may see, one hit a thing, best first.

Written as SQL because the mapper can say neither full-text ranks of a table of its own nor windows over a union. Who
may see what is not said here: each source's own queryset is put in as it stands. Nothing that a person typed stands
in a statement, only names of tables and numbers; words are parameters, and have lost every sign but letters and digits.
"""
# ruff: noqa: S608

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, CharField, DateTimeField, F, IntegerField, Value, When
from django.db.models.functions import Cast
from modelsearch.conf import get_app_config
from modelsearch.utils import get_descendants_content_types_pks

from core.declarations import SearchSource
from search.backends.asking import NEWEST, Place
from search.backends.database.statements import Statement

KIND = "kind"


@dataclass(frozen=True)
class Scope:
    """Rows that may answer: those of a source that the viewer may see. `chosen` are conditions on them by facet."""

    source: SearchSource
    rows: Any
    languages: Sequence[str]
    chosen: Mapping[str, Any]

    @property
    def narrowed(self) -> Any:
        """The rows with all that was chosen."""
        rows = self.rows
        for condition in self.chosen.values():
            rows = rows.filter(condition)
        return rows


def page(
    matched: Statement, scopes: list[Scope], *, offset: int, limit: int, sort: str = ""
) -> tuple[list[Place], int]:
    """The rows of a page, in order, and how many of the words any row that answers has at the most."""
    order = "newest DESC, kind, pk DESC" if sort == NEWEST else "best, kind, pk DESC"
    select = (
        f"SELECT kind, pk, MAX(words) OVER () FROM ranked WHERE place = 1 ORDER BY {order} LIMIT %s OFFSET %s"
    )
    rows = _ask(matched, scopes, select, [limit, offset])
    return [Place(kind, pk) for kind, pk, _words in rows], rows[0][2] if rows else 0


def counts(matched: Statement, scopes: list[Scope], facets: Collection[str]) -> dict[str, dict[str, int]]:
    """How many things each value of each of the facets would leave, and under "kind" how many there are of each kind.

    A facet's own choices do not narrow its counts, all others' do. One statement for all of them.
    """
    statement = _Counting(matched, scopes, facets).statement()
    found: dict[str, dict[str, int]] = {}
    if statement is not None:
        with connection.cursor() as cursor:
            cursor.execute(*statement)
            for facet, value, count in cursor.fetchall():
                # Things of several kinds may have the same value.
                values = found.setdefault(facet, {})
                values[value] = values.get(value, 0) + count
    return found


def _ask(matched: Statement, scopes: list[Scope], select: str, parameters: list[Any]) -> list[Any]:
    statement, values = matched[0], list(matched[1])
    tables = [f"matched AS MATERIALIZED ({statement})"]
    unions: list[str] = []
    kinds: list[str] = []
    index = get_app_config().get_model("IndexEntry")._meta.db_table
    for number, scope in enumerate(scopes):
        rows = scope.narrowed.order_by().values_list("pk", scope.source.group, _place(scope), _newest(scope))
        try:
            sql, visible_values = rows.query.sql_with_params()
        except EmptyResultSet:
            continue
        tables.append(f"visible_{number} (pk, thing, place, newest) AS ({sql})")
        values += visible_values
        kinds.append(scope.source.kind)
        unions.append(
            f"SELECT %s AS kind, visible_{number}.pk, thing, place, newest,"
            f" score * {float(scope.source.weight)} AS score, terms FROM matched"
            f" JOIN {index} known ON known.id = matched.id AND known.content_type_id IN ({_types(scope)})"
            f" JOIN visible_{number} ON visible_{number}.pk = CAST(known.object_id AS BIGINT)"
        )
    if not unions:
        return []
    tables.append(f"found AS ({' UNION ALL '.join(unions)})")
    tables.append(
        "ranked AS (SELECT kind, pk, newest,"
        " ROW_NUMBER() OVER (PARTITION BY kind, thing ORDER BY place, score, pk) AS place,"
        " MIN(score) OVER (PARTITION BY kind, thing) AS best,"
        " MAX(terms) OVER (PARTITION BY kind, thing) AS words FROM found)"
    )
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(tables)} {select}", [*values, *kinds, *parameters])
        return cursor.fetchall()


class _Counting:
    """The statement that counts, put together table by table; parameters stand in the order of the tables."""

    def __init__(self, matched: Statement, scopes: list[Scope], facets: Collection[str]) -> None:
        self.facets = facets
        self.tables = [f"matched AS MATERIALIZED ({matched[0]})"]
        self.values: list[Any] = list(matched[1])
        self.selects: list[str] = []
        self.selected: list[Any] = []
        for number, scope in enumerate(scopes):
            self._add(number, scope)

    def statement(self) -> Statement | None:
        if not self.selects:
            return None
        sql = f"WITH {', '.join(self.tables)} {' UNION ALL '.join(self.selects)}"
        return sql, [*self.values, *self.selected]

    def _add(self, number: int, scope: Scope) -> None:
        found = f"found_{number}"
        if not self._table(f"visible_{number} (pk, thing)", scope.rows.values_list("pk", scope.source.group)):
            return
        index = get_app_config().get_model("IndexEntry")._meta.db_table
        self.tables.append(
            f"{found} AS MATERIALIZED (SELECT visible_{number}.pk, thing FROM matched"
            f" JOIN {index} known ON known.id = matched.id AND known.content_type_id IN ({_types(scope)})"
            f" JOIN visible_{number} ON visible_{number}.pk = CAST(known.object_id AS BIGINT))"
        )
        rows = scope.source.model._base_manager.all()
        chosen = {}
        for place, (facet, condition) in enumerate(scope.chosen.items()):
            name = f"chosen_{number}_{place}"
            # A choice that nothing can meet leaves nothing.
            met = self._table(f"{name} (pk)", rows.filter(condition).values_list("pk"))
            chosen[facet] = f"pk IN (SELECT pk FROM {name})" if met else "FALSE"
        where = _all_but(chosen, KIND)
        self.selects.append(
            f"SELECT '{KIND}', %s, COUNT(DISTINCT thing) FROM {found}{where} HAVING COUNT(*) > 0"
        )
        self.selected.append(scope.source.kind)
        of_source = [(facet, path) for facet, path in scope.source.facets.items() if facet in self.facets]
        for place, (facet, path) in enumerate(of_source):
            name = f"facet_{number}_{place}"
            values = rows.filter(**{f"{path}__isnull": False})
            if self._table(f"{name} (pk, value)", values.values_list("pk", Cast(F(path), CharField()))):
                self.selects.append(
                    f"SELECT '{facet}', value, COUNT(DISTINCT thing) FROM {found} JOIN {name} USING (pk)"
                    f"{_all_but(chosen, facet)} GROUP BY value"
                )

    def _table(self, name: str, rows: Any) -> bool:
        try:
            sql, values = rows.order_by().query.sql_with_params()
        except EmptyResultSet:
            return False
        self.tables.append(f"{name} AS ({sql})")
        self.values += values
        return True


def _all_but(chosen: Mapping[str, str], facet: str) -> str:
    conditions = [condition for name, condition in chosen.items() if name != facet]
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""


def _types(scope: Scope) -> str:
    return ", ".join(str(int(pk)) for pk in get_descendants_content_types_pks(scope.source.model))


def _newest(scope: Scope) -> Any:
    return F(scope.source.newest) if scope.source.newest else Value(None, output_field=DateTimeField())


def _place(scope: Scope) -> Any:
    """The place of a row's language among the reader's."""
    if not scope.source.language:
        return Value(0)
    whens = [
        When(**{scope.source.language: language}, then=Value(place))
        for place, language in enumerate(dict.fromkeys(scope.languages))
    ]
    return Case(*whens, default=Value(len(whens)), output_field=IntegerField())
