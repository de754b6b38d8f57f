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
from django.utils import timezone
from modelsearch.conf import get_app_config
from modelsearch.utils import get_descendants_content_types_pks

from core.declarations import SearchSource
from core.popularity import TOP
from search.backends.asking import NEWEST, POPULARITY, Place
from search.backends.database.statements import Statement

KIND = "kind"


@dataclass(frozen=True)
class Scope:
    """Rows that may answer: those of a source that the viewer may see. `chosen` are conditions on them by facet."""

    source: SearchSource
    rows: Any
    languages: Sequence[str]
    chosen: Mapping[str, Any]


@dataclass(frozen=True)
class Ranked:
    """Rows in order; `words` is how many of the words any row has at the most, `answered` how many rows there are.

    `counts` are how many things each value of each facet would leave, and under "kind" how many there are of each.
    """

    places: list[Place]
    words: int
    answered: int
    counts: dict[str, dict[str, int]]


def ranked(
    matched: Statement,
    scopes: list[Scope],
    *,
    offset: int = 0,
    limit: int,
    sort: str = "",
    facets: Collection[str] | None = None,
) -> Ranked:
    """A page of rows, and counts where `facets` are given. One statement for all of it.

    A facet's own choices do not narrow its counts, all others' do.
    """
    # A year begins for everybody when it begins for the installation.
    with timezone.override(timezone.get_default_timezone()):
        statement = _Asking(matched, scopes).statement(offset, limit, sort, facets)
    rows: list[Any] = []
    if statement is not None:
        with connection.cursor() as cursor:
            cursor.execute(*statement)
            rows = cursor.fetchall()
    counts: dict[str, dict[str, int]] = {}
    for facet, value, count, _words, place, _answered in rows:
        if not place:
            # Things of several kinds may have the same value.
            values = counts.setdefault(facet, {})
            values[value] = values.get(value, 0) + count
    placed = sorted((row for row in rows if row[4]), key=lambda row: row[4])
    places = [Place(kind, pk) for _facet, kind, pk, *_more in placed]
    words, answered = (placed[0][3], placed[0][5]) if placed else (0, 0)
    return Ranked(places, words, answered, counts)


class _Asking:
    """The statement, put together table by table; parameters stand in the order of the tables."""

    def __init__(self, matched: Statement, scopes: list[Scope]) -> None:
        self.tables = [f"matched AS MATERIALIZED ({matched[0]})"]
        self.values: list[Any] = list(matched[1])
        self.scopes: dict[int, Scope] = {}
        self.chosen: dict[int, dict[str, str]] = {}
        for number, scope in enumerate(scopes):
            self._add(number, scope)

    def statement(
        self, offset: int, limit: int, sort: str, facets: Collection[str] | None
    ) -> Statement | None:
        """Columns: facet, value, count and zeros; of the page: nothing, kind, primary key, words, place, answered."""
        if not self.scopes:
            return None
        selects, selected = [], []
        if facets is not None:
            for number, scope in self.scopes.items():
                found, chosen = f"found_{number}", self.chosen[number]
                selects.append(
                    f"SELECT '{KIND}' AS facet, %s AS value, COUNT(DISTINCT thing) AS number, 0 AS words, 0 AS place, 0"
                    f" FROM {found}{_all_but(chosen, KIND)} HAVING COUNT(*) > 0"
                )
                selected.append(scope.source.kind)
                selects += [
                    f"SELECT '{facet}', value, COUNT(DISTINCT thing), 0, 0, 0 FROM {found} JOIN {name} USING (pk)"
                    f"{_all_but(chosen, facet)} GROUP BY value"
                    for facet, name in self._facets(number, scope, facets)
                ]
        selects.append(self._page(sort))
        sql = f"WITH {', '.join(self.tables)} {' UNION ALL '.join(selects)}"
        return sql, [*self.values, *selected, limit, offset]

    def _page(self, sort: str) -> str:
        unions = []
        for number, scope in self.scopes.items():
            more = f"{float(scope.source.weight)} * (1 + popularity * {POPULARITY / TOP})"
            unions.append(
                f"SELECT %s AS kind, pk, thing, place, newest, score * {more} AS score, terms"
                f" FROM found_{number}{_all_but(self.chosen[number], '')}"
            )
            self.values.append(scope.source.kind)
        self.tables.append(f"found AS ({' UNION ALL '.join(unions)})")
        self.tables.append(
            "ranked AS (SELECT kind, pk, newest,"
            " ROW_NUMBER() OVER (PARTITION BY kind, thing ORDER BY place, score, pk) AS place,"
            " MIN(score) OVER (PARTITION BY kind, thing) AS best,"
            " MAX(terms) OVER (PARTITION BY kind, thing) AS words FROM found)"
        )
        # What has no moment comes last, on either database.
        newest = "CASE WHEN newest IS NULL THEN 1 ELSE 0 END, newest DESC, kind, pk DESC"
        order = newest if sort == NEWEST else "best, kind, pk DESC"
        return (
            "SELECT * FROM (SELECT '' AS facet, kind AS value, pk AS number, MAX(words) OVER () AS words,"
            f" ROW_NUMBER() OVER (ORDER BY {order}) AS place, COUNT(*) OVER () FROM ranked WHERE place = 1"
            " ORDER BY 5 LIMIT %s OFFSET %s) page"
        )

    def _add(self, number: int, scope: Scope) -> None:
        columns = _place(scope), _newest(scope), _popularity(scope)
        rows = scope.rows.values_list("pk", scope.source.group, *columns)
        if not self._table(f"visible_{number} (pk, thing, place, newest, popularity)", rows):
            return
        index = get_app_config().get_model("IndexEntry")._meta.db_table
        self.tables.append(
            f"found_{number} AS MATERIALIZED (SELECT visible_{number}.pk, thing, place, newest, popularity, score,"
            f" terms FROM matched JOIN {index} known ON known.id = matched.id"
            f" AND known.content_type_id IN ({_types(scope)})"
            f" JOIN visible_{number} ON visible_{number}.pk = CAST(known.object_id AS BIGINT))"
        )
        self.scopes[number] = scope
        self.chosen[number] = {}
        for place, (facet, condition) in enumerate(scope.chosen.items()):
            name = f"chosen_{number}_{place}"
            # A choice that nothing can meet leaves nothing.
            met = self._table(f"{name} (pk)", _all(scope).filter(condition).values_list("pk"))
            self.chosen[number][facet] = f"pk IN (SELECT pk FROM {name})" if met else "FALSE"

    def _facets(self, number: int, scope: Scope, facets: Collection[str]) -> list[tuple[str, str]]:
        """Those that the source has, each with the table of its values."""
        found = []
        for place, (facet, path) in enumerate(scope.source.facets.items()):
            name = f"facet_{number}_{place}"
            values = (
                _all(scope).filter(**{f"{path}__isnull": False}).values_list("pk", Cast(F(path), CharField()))
            )
            if facet in facets and self._table(f"{name} (pk, value)", values):
                found.append((facet, name))
        return found

    def _table(self, name: str, rows: Any) -> bool:
        try:
            sql, values = rows.order_by().query.sql_with_params()
        except EmptyResultSet:
            return False
        self.tables.append(f"{name} AS ({sql})")
        self.values += values
        return True


def _all(scope: Scope) -> Any:
    return scope.source.model._base_manager.all()


def _all_but(chosen: Mapping[str, str], facet: str) -> str:
    conditions = [condition for name, condition in chosen.items() if name != facet]
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""


def _types(scope: Scope) -> str:
    return ", ".join(str(int(pk)) for pk in get_descendants_content_types_pks(scope.source.model))


def _newest(scope: Scope) -> Any:
    return F(scope.source.newest) if scope.source.newest else Cast(Value(None), DateTimeField())


def _popularity(scope: Scope) -> Any:
    return F(scope.source.popularity) if scope.source.popularity else Value(0)


def _place(scope: Scope) -> Any:
    """The place of a row's language among the reader's."""
    if not scope.source.language:
        return Value(0)
    whens = [
        When(**{scope.source.language: language}, then=Value(place))
        for place, language in enumerate(dict.fromkeys(scope.languages))
    ]
    return Case(*whens, default=Value(len(whens)), output_field=IntegerField())
