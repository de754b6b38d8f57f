"""How many entries each value of each facet has, in one statement."""
# The statement is put together from names of tables and columns alone; whatever a person chose is a parameter.
# ruff: noqa: S608

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, IntegerField, Q, Value, When
from django.db.models.functions import ExtractYear
from wagtail.models import Locale
from wagtail.models import Page as WagtailPage

from knowledge.facets import Facet, name_column
from knowledge.models import Entry, EntryPage
from knowledge.querysets import EntryQuerySet
from people.models import Community, Competence, Unit

# How deep the tree of competences may be for its counts to reach the top.
COMPETENCE_LEVELS = 6


def count(
    entries: EntryQuerySet, conditions: Mapping[str, Q], facets: Sequence[Facet]
) -> list[tuple[str, str, str, int]]:
    """Facet, value, label and number of entries, of all facets at once.

    The entries are found once, each with a mark for every facet whether it meets that facet's choices; the counts of
    a facet then ask for the marks of the others.
    """
    marks = {
        f"meets_{name}": Case(When(condition, then=Value(1)), default=Value(0), output_field=IntegerField())
        for name, condition in conditions.items()
    }
    found = (
        entries.order_by()
        .annotate(year=ExtractYear("published_at", tzinfo=dt.UTC), **marks)
        .values_list("pk", "kind", "community_id", "enterprise_id", "difficulty", "year", *marks)
    )
    try:
        sql, parameters = found.query.sql_with_params()
    except EmptyResultSet:
        return []
    names = ", ".join(["pk", "kind", "community_id", "enterprise_id", "difficulty", "year", *marks])
    arms = [
        f"SELECT 'total' AS facet, '' AS value, '' AS label, COUNT(*) AS number FROM found{_where(conditions)}"
    ]
    arms += [_ARMS[facet.name](_where(conditions, facet.name)) for facet in facets]
    statement = f"WITH found ({names}) AS ({sql}) {' UNION ALL '.join(arms)}"
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


def _where(conditions: Iterable[str], but: str = "") -> str:
    marks = [f"found.meets_{name} = 1" for name in conditions if name != but]
    return f" WHERE {' AND '.join(marks)}" if marks else ""


def _table(model: Any) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _words_arm(column: str) -> Callable[[str], str]:
    def arm(where: str) -> str:
        extra = f"{where} AND" if where else " WHERE"
        return (
            f"SELECT '{column}', CAST({column} AS VARCHAR(20)), '', COUNT(*) FROM found{extra} {column} IS NOT NULL"
            f" AND CAST({column} AS VARCHAR(20)) <> '' GROUP BY {column}"
        )

    return arm


def _community_arm(where: str) -> str:
    label = f"COALESCE(NULLIF(named.{name_column()}, ''), named.name_en)"
    return (
        f"SELECT 'community', named.slug, {label}, COUNT(*) FROM found"
        f" JOIN {_table(Community)} named ON named.id = found.community_id{where} GROUP BY named.slug, {label}"
    )


def _enterprise_arm(where: str) -> str:
    return (
        "SELECT 'enterprise', named.slug, named.name, COUNT(*) FROM found"
        f" JOIN {_table(Unit)} named ON named.id = found.enterprise_id{where} GROUP BY named.slug, named.name"
    )


def _competence_arm(where: str) -> str:
    """An entry counts once for every competence it is in and for all above that."""
    through = _table(Entry.competences.through)
    label = f"COALESCE(NULLIF(named.{name_column()}, ''), named.name_en)"
    ends = ", ".join(
        f"SUBSTR(own.path, 1, {Competence.steplen * level})" for level in range(1, COMPETENCE_LEVELS + 1)
    )
    return (
        f"SELECT 'competence', named.slug, {label}, COUNT(DISTINCT found.pk) FROM found"
        f" JOIN {through} link ON link.entry_id = found.pk"
        f" JOIN {_table(Competence)} own ON own.id = link.competence_id"
        f" JOIN {_table(Competence)} named ON named.path IN ({ends}){where} GROUP BY named.slug, {label}"
    )


def _language_arm(where: str) -> str:
    return (
        "SELECT 'language', spoken.language_code, '', COUNT(DISTINCT found.pk) FROM found"
        f" JOIN {_table(EntryPage)} words ON words.entry_id = found.pk"
        f" JOIN {_table(WagtailPage)} page ON page.id = words.page_ptr_id AND page.live"
        f" JOIN {_table(Locale)} spoken ON spoken.id = page.locale_id{where} GROUP BY spoken.language_code"
    )


_ARMS: Mapping[str, Callable[[str], str]] = {
    "kind": _words_arm("kind"),
    "community": _community_arm,
    "enterprise": _enterprise_arm,
    "competence": _competence_arm,
    "difficulty": _words_arm("difficulty"),
    "language": _language_arm,
    "year": _words_arm("year"),
}
