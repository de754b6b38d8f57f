"""The index in PostgreSQL's text-search vectors."""

from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db.models import TextField, Value
from django.db.models.functions import Cast
from modelsearch.backends.database.postgres.postgres import (
    PostgresAutocompleteQueryCompiler,
    PostgresIndex,
    PostgresSearchBackend,
    PostgresSearchQueryCompiler,
)

from search.backends.database.asking import FoldedQuestions, StemmedQuestions
from search.backends.database.storing import StemmedIndex

# The words come cut to their stems, in many languages at once.
CONFIG = "simple"
# What PostgreSQL keeps of a word's places in a text (postgresql.org/docs/current/textsearch-limitations.html).
MOST_PLACES = 255
LAST_PLACE = 16383


class Index(StemmedIndex, PostgresIndex):
    @staticmethod
    def vector(text: str, weight: str) -> Any:
        """The words as they are: PostgreSQL's own parser would take some of them apart once more."""
        places: dict[str, list[int]] = {}
        for place, word in enumerate(text.split(), start=1):
            known = places.setdefault(word, [])
            if len(known) < MOST_PLACES:
                known.append(min(place, LAST_PLACE))
        written = " ".join(
            f"'{word}':" + ",".join(f"{place}{weight}" for place in known) for word, known in places.items()
        )
        return Cast(Value(written, output_field=TextField()), SearchVectorField())


class SearchCompiler(StemmedQuestions, PostgresSearchQueryCompiler):
    pass


class AutocompleteCompiler(FoldedQuestions, PostgresAutocompleteQueryCompiler):
    pass


class PostgresBackend(PostgresSearchBackend):
    index_class = Index
    query_compiler_class = SearchCompiler
    autocomplete_query_compiler_class = AutocompleteCompiler

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__({**params, "SEARCH_CONFIG": CONFIG})
