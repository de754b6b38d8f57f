"""The index in PostgreSQL's text-search vectors."""

from typing import Any

from modelsearch.backends.database.postgres.postgres import (
    PostgresAutocompleteQueryCompiler,
    PostgresIndex,
    PostgresSearchBackend,
    PostgresSearchQueryCompiler,
)

from search.backends.database.asking import FoldedQuestions, StemmedQuestions
from search.backends.database.cutting import as_vector
from search.backends.database.storing import StemmedIndex

# The words come cut to their stems, in many languages at once.
CONFIG = "simple"


class Index(StemmedIndex, PostgresIndex):
    write = staticmethod(as_vector)


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
