"""The words by which a text differs from all others, as a question."""

import math
from collections import Counter

from search import analysis, vocabulary
from search.query import stop_words
from search.query.expansion import Alternative, Question, Term

LONGEST_TEXT = 10_000
MOST_LOOKED_UP = 500
MOST_WORDS = 12
SHORTEST_WORD = 3


def question(text: str) -> Question:
    """The twelve words that tell most, by how often they stand in the text and how rare they are elsewhere (tf-idf).

    Only words that stand in something that every employee may read are asked for; one query.
    """
    counted = Counter(
        word
        for word in analysis.words(text[:LONGEST_TEXT])
        if len(word) >= SHORTEST_WORD and not stop_words.is_one(word)
    )
    common = dict(counted.most_common(MOST_LOOKED_UP))
    known = {each.word: each.documents for each in vocabulary.known(common, ()) if each.word in common}
    most = max(known.values(), default=1)
    told = {
        word: (1 + math.log(common[word])) * math.log(1 + most / documents)
        for word, documents in known.items()
    }
    words = sorted(told, key=lambda word: (-told[word], word))[:MOST_WORDS]
    return Question(terms=tuple(Term(word, (Alternative((word,), documents=known[word]),)) for word in words))
