"""The index in SQLite's full-text tables."""

from modelsearch.backends.database.sqlite.sqlite import (
    SQLiteAutocompleteQueryCompiler,
    SQLiteIndex,
    SQLiteSearchBackend,
    SQLiteSearchQueryCompiler,
)

from search.backends.database.asking import FoldedQuestions, StemmedQuestions
from search.backends.database.cutting import plainly
from search.backends.database.storing import StemmedIndex


class Index(StemmedIndex, SQLiteIndex):
    write = staticmethod(plainly)


class SearchCompiler(StemmedQuestions, SQLiteSearchQueryCompiler):
    pass


class AutocompleteCompiler(FoldedQuestions, SQLiteAutocompleteQueryCompiler):
    pass


class SQLiteBackend(SQLiteSearchBackend):
    index_class = Index
    query_compiler_class = SearchCompiler
    autocomplete_query_compiler_class = AutocompleteCompiler
