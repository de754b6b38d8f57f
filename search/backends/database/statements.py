"""Which rows of the index answer a question and how well, as a statement for either database: id, score, terms.

The lower the score the better, as SQLite has it. Each word of the question gives what its best alternative gives; a row
is worth the sum, times the square of the share of the words that it has. Nothing that a person typed stands in a
statement: words are parameters, and have lost every sign but letters and digits.
"""
# ruff: noqa: S608

import math
from collections.abc import Iterator
from typing import Any

from django.core.cache import cache
from django.db import connection
from modelsearch.conf import get_app_config

from search import analysis
from search.query.expansion import Alternative, Question, Term

# A word in what names a thing counts as much as this many in what describes it.
TITLE_WEIGHT = 6
COUNTED_FOR_SECONDS = 600

Statement = tuple[str, list[Any]]


def answering(question: Question, *, needed: int) -> Statement:
    """Rows with at least so many of the words; with all of the phrases, and nothing of what is not wanted."""
    if question.is_nothing:
        where, values = _conditions(question)
        return f"SELECT id, 0.0 AS score, 0 AS terms FROM {_entries()}{where}", values
    parts, values = [], []
    terms = question.terms or tuple(Term(" ".join(each), (Alternative(each),)) for each in question.phrases)
    for number, term in enumerate(terms):
        for sql, more in _parts(number, term):
            parts.append(sql)
            values += more
    where, more = _conditions(question)
    # Apart from the rest: SQLite can rank only where it searches.
    sql = (
        f"WITH part AS MATERIALIZED ({' UNION ALL '.join(parts)})"
        f" SELECT id, SUM(score) * COUNT(*) * COUNT(*) / {len(terms) ** 2}.0 AS score, COUNT(*) AS terms"
        f" FROM (SELECT id, term, MIN(score) AS score FROM part GROUP BY id, term) term"
        f"{where} GROUP BY id HAVING COUNT(*) >= {needed}"
    )
    return sql, values + more


def beginning(words: tuple[str, ...]) -> Statement:
    """Rows whose names have a word that begins as each of these."""
    if connection.vendor == "postgresql":
        query = " & ".join(f"'{word}':*" for word in words)
        return (
            f"""
                SELECT id, -ts_rank(autocomplete, %s::tsquery) AS score, {len(words)} AS terms FROM {_table()}
                WHERE autocomplete @@ %s::tsquery
            """,
            [query, query],
        )
    table = _table()
    match = " AND ".join(f'(autocomplete : "{word}"*)' for word in words)
    return (
        f"""
            SELECT rowid AS id, bm25({table}, 1.0, 0.0, 0.0) AS score, {len(words)} AS terms FROM {table}
            WHERE {table} MATCH %s
        """,
        [match],
    )


def _parts(number: int, term: Term) -> Iterator[Statement]:
    """A statement for each weight: id, term, score."""
    for weight in dict.fromkeys(each.weight for each in term.alternatives):
        some = [each for each in term.alternatives if each.weight == weight]
        if connection.vendor == "postgresql":
            yield from (_postgres_part(number, each) for each in some)
        else:
            yield _sqlite_part(number, weight, some)


def _sqlite_part(number: int, weight: float, alternatives: list[Alternative]) -> Statement:
    table = _table()
    match = " OR ".join(_sqlite_match(each) for each in alternatives)
    # Columns in the order in which Wagtail made the table: autocomplete, body, title.
    return (
        f"""
            SELECT rowid AS id, {number} AS term, {weight} * bm25({table}, 0.5, 1.0, {TITLE_WEIGHT}.0) AS score
            FROM {table} WHERE {table} MATCH %s
        """,
        [match],
    )


def _sqlite_match(alternative: Alternative) -> str:
    if alternative.unfinished:
        return f'(autocomplete : "{" ".join(alternative.words)}"*)'
    runs = " OR ".join(f'"{" ".join(run)}"' for run in _stemmed(alternative.words))
    return f"({{title body}} : ({runs}))"


def _postgres_part(number: int, alternative: Alternative) -> Statement:
    rare = _rarity(alternative.documents)
    weight = f"{alternative.weight * rare:.4f}"
    ranks = f"{{{1 / TITLE_WEIGHT:.3f}, 0.2, 0.4, 1.0}}"
    if alternative.unfinished:
        query = f"'{alternative.words[-1]}':*"
        return (
            f"""
                SELECT id, {number} AS term, -{weight} * ts_rank(autocomplete, %s::tsquery) AS score
                FROM {_table()} WHERE autocomplete @@ %s::tsquery
            """,
            [query, query],
        )
    query = _postgres_match(alternative.words)
    return (
        f"""
            SELECT id, {number} AS term, -{weight} * ts_rank(%s::float4[], title || body, %s::tsquery) AS score
            FROM {_table()} WHERE (title @@ %s::tsquery OR body @@ %s::tsquery)
        """,
        [ranks, query, query, query],
    )


def _postgres_match(words: tuple[str, ...]) -> str:
    return " | ".join("(" + " <-> ".join(f"'{stem}'" for stem in run) + ")" for run in _stemmed(words))


def _conditions(question: Question) -> Statement:
    """What has to be there, and what must not."""
    conditions, values = [], []
    for wanted, runs in (("IN", question.phrases), ("NOT IN", question.without)):
        for words in runs:
            if connection.vendor == "postgresql":
                within = f"SELECT id FROM {_table()} WHERE (title @@ %s::tsquery OR body @@ %s::tsquery)"
                values += [_postgres_match(words)] * 2
            else:
                within = f"SELECT rowid FROM {_table()} WHERE {_table()} MATCH %s"
                values.append(_sqlite_match(Alternative(words)))
            conditions.append(f"id {wanted} ({within})")
    return (f" WHERE {' AND '.join(conditions)}" if conditions else ""), values


def _stemmed(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The runs of stems that the words may stand as: one word by any of its stems, several as they are stored."""
    if len(words) == 1:
        return [(stem,) for stem in analysis.stems(words[0])]
    return [tuple(stem for word in words for stem in analysis.stems(word))]


def _rarity(documents: int) -> float:
    """How much a word tells by how few things have it: BM25's inverse document frequency, which PostgreSQL lacks."""
    every = max(_count(), documents)
    return math.log(1 + (every - documents + 0.5) / (documents + 0.5))


def _count() -> int:
    key = "search-index-count"
    count: int | None = cache.get(key)
    if count is None:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM {_entries()}")
            count = int(cursor.fetchone()[0])
        cache.set(key, count, COUNTED_FOR_SECONDS)
    return count


def _table() -> str:
    """The table that is searched; SQLite has the words in one of its own."""
    if connection.vendor == "postgresql":
        return _entries()
    return str(get_app_config().get_model("SQLiteFTSIndexEntry")._meta.db_table)


def _entries() -> str:
    return str(get_app_config().get_model("IndexEntry")._meta.db_table)
