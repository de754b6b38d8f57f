"""One question over all kinds in one statement: match, keep what the viewer may see, one hit a thing, best first.

Written as SQL because the mapper can say neither full-text ranks of a table of its own nor windows over a union. Who
may see what is not said here: each source's own queryset is put in as it stands. Nothing that a person typed stands
in a statement, only names of tables and numbers; words are parameters, and have lost every sign but letters and digits.
"""
# ruff: noqa: S608

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, IntegerField, Value, When
from modelsearch.conf import get_app_config
from modelsearch.utils import get_descendants_content_types_pks

from core.declarations import SearchSource
from search.backends.database.statements import Statement


@dataclass(frozen=True)
class Scope:
    """Rows that may answer: those of a source that the viewer may see."""

    source: SearchSource
    rows: Any
    languages: Sequence[str]


@dataclass(frozen=True)
class Place:
    """A row that answers, and how many of the question's words any row that answers has at the most."""

    kind: str
    pk: int
    words: int


def page(matched: Statement, scopes: list[Scope], *, offset: int, limit: int) -> list[Place]:
    """The best rows, best first."""
    select = (
        "SELECT kind, pk, MAX(words) OVER () FROM ranked WHERE place = 1"
        " ORDER BY best, kind, pk DESC LIMIT %s OFFSET %s"
    )
    return [Place(*row) for row in _ask(matched, scopes, select, [limit, offset])]


def totals(matched: Statement, scopes: list[Scope]) -> dict[str, int]:
    """How many things of each kind answer."""
    return dict(_ask(matched, scopes, "SELECT kind, COUNT(*) FROM ranked WHERE place = 1 GROUP BY kind", []))


def _ask(matched: Statement, scopes: list[Scope], select: str, parameters: list[Any]) -> list[Any]:
    statement, values = matched[0], list(matched[1])
    tables = [f"matched AS MATERIALIZED ({statement})"]
    unions: list[str] = []
    kinds: list[str] = []
    index = get_app_config().get_model("IndexEntry")._meta.db_table
    for number, scope in enumerate(scopes):
        rows = scope.rows.order_by().values_list("pk", scope.source.group, _place(scope))
        try:
            sql, visible_values = rows.query.sql_with_params()
        except EmptyResultSet:
            continue
        tables.append(f"visible_{number} (pk, thing, place) AS ({sql})")
        values += visible_values
        kinds.append(scope.source.kind)
        types = ", ".join(str(int(pk)) for pk in get_descendants_content_types_pks(scope.source.model))
        unions.append(
            f"SELECT %s AS kind, visible_{number}.pk, thing, place,"
            f" score * {float(scope.source.weight)} AS score, terms FROM matched"
            f" JOIN {index} known ON known.id = matched.id AND known.content_type_id IN ({types})"
            f" JOIN visible_{number} ON visible_{number}.pk = CAST(known.object_id AS BIGINT)"
        )
    if not unions:
        return []
    tables.append(f"found AS ({' UNION ALL '.join(unions)})")
    tables.append(
        "ranked AS (SELECT kind, pk,"
        " ROW_NUMBER() OVER (PARTITION BY kind, thing ORDER BY place, score, pk) AS place,"
        " MIN(score) OVER (PARTITION BY kind, thing) AS best,"
        " MAX(terms) OVER (PARTITION BY kind, thing) AS words FROM found)"
    )
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(tables)} {select}", [*values, *kinds, *parameters])
        return cursor.fetchall()


def _place(scope: Scope) -> Any:
    """The place of a row's language among the reader's."""
    if not scope.source.language:
        return Value(0)
    whens = [
        When(**{scope.source.language: language}, then=Value(place))
        for place, language in enumerate(dict.fromkeys(scope.languages))
    ]
    return Case(*whens, default=Value(len(whens)), output_field=IntegerField())
