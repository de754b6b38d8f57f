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
from search import analysis

# A word in what names a thing counts as much as this many in what describes it.
TITLE_WEIGHT = 6
# Words this short are whole words, not beginnings.
SHORTEST_BEGINNING = 3


@dataclass(frozen=True)
class Question:
    """What is asked: words, of which all or any have to be there; `typing` looks at names only, as suggestions do."""

    words: tuple[str, ...]
    all_words: bool = True
    typing: bool = False


@dataclass(frozen=True)
class Scope:
    """Rows that may answer: those of a source that the viewer may see."""

    source: SearchSource
    rows: Any
    languages: Sequence[str]


def page(question: Question, scopes: list[Scope], *, offset: int, limit: int) -> list[tuple[str, int]]:
    """Kind and primary key of the best rows."""
    return _ask(
        question,
        scopes,
        "SELECT kind, pk FROM ranked WHERE place = 1 ORDER BY best, kind, pk DESC LIMIT %s OFFSET %s",
        [limit, offset],
    )


def totals(question: Question, scopes: list[Scope]) -> dict[str, int]:
    """How many things of each kind answer."""
    return dict(_ask(question, scopes, "SELECT kind, COUNT(*) FROM ranked WHERE place = 1 GROUP BY kind", []))


def _ask(question: Question, scopes: list[Scope], select: str, parameters: list[Any]) -> list[Any]:
    matched, values = _matched(question)
    tables = [f"matched AS MATERIALIZED ({matched})"]
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
            f" score * {float(scope.source.weight)} AS score FROM matched"
            f" JOIN {index} known ON known.id = matched.id AND known.content_type_id IN ({types})"
            f" JOIN visible_{number} ON visible_{number}.pk = CAST(known.object_id AS BIGINT)"
        )
    if not unions:
        return []
    tables.append(f"found AS ({' UNION ALL '.join(unions)})")
    tables.append(
        "ranked AS (SELECT kind, pk,"
        " ROW_NUMBER() OVER (PARTITION BY kind, thing ORDER BY place, score, pk) AS place,"
        " MIN(score) OVER (PARTITION BY kind, thing) AS best FROM found)"
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


def _matched(question: Question) -> tuple[str, list[Any]]:
    return _matched_postgres(question) if connection.vendor == "postgresql" else _matched_sqlite(question)


def _matched_sqlite(question: Question) -> tuple[str, list[Any]]:
    table = get_app_config().get_model("SQLiteFTSIndexEntry")._meta.db_table
    # Columns in the order in which Wagtail made the table: autocomplete, body, title.
    if question.typing:
        weights = "1.0, 0.0, 0.0"
        parts = [f'autocomplete : "{word}"*' for word in question.words]
    else:
        weights = f"0.5, 1.0, {TITLE_WEIGHT}.0"
        parts = [_sqlite_word(word) for word in question.words]
        if len(question.words[-1]) >= SHORTEST_BEGINNING:
            parts[-1] += f' OR autocomplete : "{question.words[-1]}"*'
    connector = " AND " if question.all_words else " OR "
    match = connector.join(f"({part})" for part in parts)
    return (
        f"SELECT rowid AS id, bm25({table}, {weights}) AS score FROM {table} WHERE {table} MATCH %s",
        [match],
    )


def _sqlite_word(word: str) -> str:
    return "{title body} : (" + " OR ".join(f'"{stem}"' for stem in analysis.stems(word)) + ")"


def _matched_postgres(question: Question) -> tuple[str, list[Any]]:
    table = get_app_config().get_model("IndexEntry")._meta.db_table
    connector = " & " if question.all_words else " | "
    if question.typing:
        query = connector.join(f"'{word}':*" for word in question.words)
        ranked = "SELECT id, -ts_rank(autocomplete, %s::tsquery) AS score"
        return f"{ranked} FROM {table} WHERE autocomplete @@ %s::tsquery", [query, query]
    parts = ["(" + " | ".join(f"'{stem}'" for stem in analysis.stems(word)) + ")" for word in question.words]
    query = connector.join(parts)
    weights = f"{{{1 / TITLE_WEIGHT:.3f}, 0.2, 0.4, 1.0}}"
    where = "(title || body) @@ %s::tsquery"
    values = [weights, query, query]
    last = question.words[-1]
    if len(last) >= SHORTEST_BEGINNING:
        # The last word may be unfinished: what names the thing holds whole words for that.
        where += " OR (autocomplete @@ %s::tsquery"
        values.append(f"'{last}':*")
        if question.all_words and parts[:-1]:
            where += " AND (title || body) @@ %s::tsquery"
            values.append(connector.join(parts[:-1]))
        where += ")"
    return (
        f"SELECT id, -ts_rank(%s::float4[], title || body, %s::tsquery) AS score FROM {table} WHERE {where}",
        values,
    )
