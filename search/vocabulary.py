"""The words that stand in what every employee may read, with the number of things that they stand in.

What somebody typed is looked up here before the engine is asked: a word that nobody wrote may be one typed in Latin
letters, on another keyboard, or with a slip of the finger. The engine then looks for words that exist.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from django.core.cache import cache
from django.db import connection
from django.db.models import Max, Q
from rapidfuzz.distance import OSA

from core import bulk_rows
from search import analysis
from search.models import Word
from search.query import transliteration

# Words shorter than this have too many neighbours, and longer ones may hold two slips.
SHORTEST_CORRECTED = 5
TWO_SLIPS = 8
MOST_CANDIDATES = 3000
MOST_CORRECTIONS = 4
EDGE = 2
LONGEST_SOUND = 42
KEPT_SECONDS = 600
BATCH = 1000
MOST_HELD = 50_000


@dataclass(frozen=True)
class Known:
    """A word of the vocabulary."""

    word: str
    stem: str
    sound: str
    documents: int


@dataclass(frozen=True)
class Correction:
    word: str
    slips: int
    documents: int


def stem_of(word: str) -> str:
    return analysis.stems(word)[-1]


def known(words: Iterable[str], sounds: Iterable[str]) -> list[Known]:
    """The words of the vocabulary that are these, have their stems, or sound like one of these keys.

    One query, and none where the same was asked within ten minutes: a word that has come since is found all the same,
    for what was typed is always looked for.
    """
    words, sounds = sorted(set(words)), sorted(set(sounds))
    key = f"vocabulary:{hashlib.sha256(repr((words, sounds)).encode()).hexdigest()}"
    found: list[Known] | None = cache.get(key)
    if found is None:
        stems = {stem_of(word) for word in words}
        rows = Word.objects.filter(Q(word__in=words) | Q(stem__in=stems) | Q(sound__in=sounds))
        found = [Known(*row) for row in rows.values_list("word", "stem", "sound", "documents")]
        cache.set(key, found, KEPT_SECONDS)
    return found


def corrections(words: Iterable[str]) -> dict[str, list[Correction]]:
    """The likeliest words for each that is not known: fewest slips first, then the commonest; one query for all.

    A slip is a letter too many, too few, another, or two swapped (optimal string alignment distance). Either the first
    two letters of the word or the last two are taken to be right.
    """
    wanted = [word for word in words if len(word) >= SHORTEST_CORRECTED and word.isalpha()]
    if not wanted:
        return {}
    near = Q(head__in={word[:EDGE] for word in wanted}) | Q(tail__in={word[-EDGE:] for word in wanted})
    rows = Word.objects.filter(near).order_by("-documents").values_list("word", "documents")
    candidates = list(rows[: MOST_CANDIDATES * len(wanted)])
    return {word: _likeliest(word, candidates) for word in wanted}


def _likeliest(word: str, candidates: list[tuple[str, int]]) -> list[Correction]:
    slips = 2 if len(word) >= TWO_SLIPS else 1
    found = []
    for other, documents in candidates:
        if other == word:
            return []  # it has been written since it was looked up
        distance = OSA.distance(word, other, score_cutoff=slips)
        if distance <= slips:
            found.append(Correction(other, distance, documents))
    return sorted(found, key=lambda each: (each.slips, -each.documents, each.word))[:MOST_CORRECTIONS]


class Counting:
    """One counting of all documents: words that it did not meet are forgotten at its end.

    Words are held until there are many: the same ones stand in every other document.
    """

    def __init__(self) -> None:
        last = Word.objects.aggregate(last=Max("counting"))["last"] or 0
        self.number = last + 1
        self._held: Counter[str] = Counter()
        # What is written first tells others that this number is taken.
        self._most = 0

    def add(self, texts: Iterable[frozenset[str]]) -> None:
        """The words of some documents."""
        self._held.update(chain.from_iterable(texts))
        if len(self._held) > self._most:
            self._write()

    def finish(self) -> None:
        self._write()
        Word.objects.filter(counting__lt=self.number).delete()

    def _write(self) -> None:
        _write(self._held, self.number)
        self._held.clear()
        self._most = MOST_HELD


def learn(texts: Iterable[frozenset[str]]) -> None:
    """Words that were not known before; how often the others are used waits for the next counting."""
    words = sorted({word for text in texts for word in text})
    if not words:
        return
    last = Word.objects.aggregate(last=Max("counting"))["last"] or 0
    for start in range(0, len(words), BATCH):
        Word.objects.bulk_create(
            [_word(word, 1, last) for word in words[start : start + BATCH]], ignore_conflicts=True
        )


def _sound_of(word: str) -> str:
    return next(transliteration.sounds(word), "")[:LONGEST_SOUND]


def _word(word: str, documents: int, counting: int) -> Word:
    return Word(
        word=word,
        head=word[:EDGE],
        tail=word[-EDGE:],
        stem=stem_of(word),
        sound=_sound_of(word),
        documents=documents,
        counting=counting,
    )


def _write(counted: Counter[str], counting: int) -> None:
    """Add to the counts of this counting, or begin it."""
    table = connection.ops.quote_name(Word._meta.db_table)
    # In one order everywhere: two that write the same words must not wait for each other.
    words = sorted(counted)
    for start in range(0, len(words), BATCH):
        some = words[start : start + BATCH]
        bulk_rows.write_over(
            Word,
            {
                "word": some,
                "head": [word[:EDGE] for word in some],
                "tail": [word[-EDGE:] for word in some],
                "stem": [stem_of(word) for word in some],
                "sound": [_sound_of(word) for word in some],
                "documents": [counted[word] for word in some],
                "counting": [counting] * len(some),
            },
            unique=["word"],
            changes={
                "documents": "CASE"
                f" WHEN {table}.counting < excluded.counting THEN excluded.documents"
                f" WHEN {table}.counting = excluded.counting THEN {table}.documents + excluded.documents"
                f" ELSE {table}.documents END",
                "counting": f"CASE WHEN {table}.counting < excluded.counting"
                f" THEN excluded.counting ELSE {table}.counting END",
            },
        )
