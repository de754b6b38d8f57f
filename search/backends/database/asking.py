"""Wagtail's own questions (the admin's lists and choosers), put in the words that are stored."""

from typing import Any

from modelsearch.query import And, Boost, Fuzzy, MatchAll, Not, Or, Phrase, PlainText

from search import analysis

NOTHING = Not(MatchAll())


class StemmedQuestions:
    """Put before a search compiler of Wagtail."""

    query: Any

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.query = translated(self.query, self.words)

    @staticmethod
    def words(text: str) -> list[str]:
        return [analysis.stems(word)[-1] for word in analysis.asked(text)]


class FoldedQuestions(StemmedQuestions):
    """Put before an autocomplete compiler of Wagtail: whole words, the last one may be unfinished."""

    @staticmethod
    def words(text: str) -> list[str]:
        return analysis.asked(text)


def translated(query: Any, words: Any) -> Any:
    """The query with every text in it as the index would store it; a text without words matches nothing."""
    if isinstance(query, PlainText | Phrase | Fuzzy):
        found = words(query.query_string)
        operator = getattr(query, "operator", "and")
        # The words of a phrase stand in the index as stems; their order is not worth an error in another language.
        return PlainText(" ".join(found), operator=operator) if found else NOTHING
    if isinstance(query, And | Or):
        parts = [translated(part, words) for part in query.subqueries]
        said = [part for part in parts if part is not NOTHING]
        if not said or (isinstance(query, And) and len(said) < len(parts)):
            return NOTHING
        return said[0] if len(said) == 1 else type(query)(said)
    if isinstance(query, Not):
        inner = translated(query.subquery, words)
        return MatchAll() if inner is NOTHING else Not(inner)
    if isinstance(query, Boost):
        return translated(query.subquery, words)
    return query
