"""What is asked of the engine: each word with what else may stand for it, and how much that counts.

The same for every engine, so that a synonym, a slip of the finger or another keyboard finds the same everywhere.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from search import analysis, vocabulary
from search.query import layouts, stop_words, synonyms, transliteration
from search.query.parsing import Asked
from search.vocabulary import Known

# A number that others write in groups of three.
_WHOLE_NUMBER = re.compile(r"[1-9]\d{3,8}")
SYNONYM = 0.8
JOINED = 0.9
OTHER_KEYBOARD = 0.9
OTHER_LETTERS = 0.8
UNFINISHED = 0.6
CORRECTED = {1: 0.7, 2: 0.5}
SHORTEST_UNFINISHED = 3
MOST_ALTERNATIVES = 16
# Of words that sound alike the commonest; more would be noise.
MOST_ALIKE = 6


@dataclass(frozen=True)
class Alternative:
    """Words that stand in a text one after the other; a beginning of one where it is `unfinished`.

    `documents` is the number of things that have them, as far as every employee may read them; 0 where nobody counted.
    """

    words: tuple[str, ...]
    weight: float = 1.0
    unfinished: bool = False
    documents: int = 0


@dataclass(frozen=True)
class Term:
    """One word of the question with all that may stand for it, itself first."""

    typed: str
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True)
class Question:
    """What an engine is asked.

    `corrected` is the question without its slips, where it had any, and `corrections` are the words put in for that.
    """

    terms: tuple[Term, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    without: tuple[tuple[str, ...], ...] = ()
    corrected: str = ""
    corrections: tuple[str, ...] = ()

    @property
    def is_nothing(self) -> bool:
        return not (self.terms or self.phrases)

    @property
    def looked_for(self) -> frozenset[str]:
        """Every word by itself that may stand in an answer, and those of phrases.

        Of a synonym of several words each alone says nothing: "unit" is no pump, though "pumping unit" is one.
        """
        found = (each.words for term in self.terms for each in term.alternatives)
        alternatives = (words for words in found if len(words) == 1)
        return frozenset(chain(*alternatives, *self.phrases))

    @property
    def words(self) -> int:
        """How many words or, where there are none, phrases an answer may have."""
        return len(self.terms or self.phrases)


def expand(asked: Asked) -> Question:
    """Look every word up, in one query however many there are, and in one more where nobody wrote some of them."""
    return _Expansion(asked).question()


class _Expansion:
    """The question of one person, word by word."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.words = [word for token in asked.tokens for word in token.words or (token.typed,)]
        self.joined = list(_joined(self.words))
        self.synonyms = list(synonyms.of(self.words))
        self.named = {run[0] for run, _others in self.synonyms if len(run) == 1}
        self.meant = {token: list(map(analysis.fold, layouts.meant(token.typed))) for token in asked.tokens}
        self.keys = {word: list(transliteration.sounds_like(word)) for word in self.words}
        self.lexicon = _Lexicon(vocabulary.known(self._looked_up(), chain(*self.keys.values())))
        # Signs that were typed instead of letters stand for nothing themselves.
        self.alternatives = {
            word: [self._one(word, 1.0)] if analysis.words(word) else [] for word in self.words
        }
        self.corrected: dict[str, str] = {}

    def question(self) -> Question:
        self._put_together()
        self._read_otherwise()
        last = self.words[-1] if self.words else ""
        if len(last) >= SHORTEST_UNFINISHED and last.isalnum():
            self.alternatives[last].append(Alternative((last,), UNFINISHED, unfinished=True))
        telling = [
            word for word in self.words if word in self.named or not stop_words.is_one(word)
        ] or self.words
        return Question(
            terms=tuple(
                Term(word, _each_once(self.alternatives[word]))
                for word in dict.fromkeys(telling)
                if self.alternatives[word]
            ),
            phrases=self.asked.phrases,
            without=self.asked.without,
            corrected=self._mended(),
            corrections=tuple(word for word in self.corrected.values() if word),
        )

    def _mended(self) -> str:
        """What was typed without its slips; nothing where there are none."""
        if not self.corrected:
            return ""
        words = (self.corrected.get(word, word) for word in self.words)
        phrases = (f'"{" ".join(phrase)}"' for phrase in self.asked.phrases)
        without = (f'-"{" ".join(phrase)}"' for phrase in self.asked.without)
        return " ".join(word for word in (*words, *phrases, *without) if word)

    def _looked_up(self) -> set[str]:
        synonymous = (word for _run, others in self.synonyms for other in others for word in other)
        joined = (word for word, _parts in self.joined)
        return {*self.words, *synonymous, *joined, *chain(*self.meant.values())}

    def _one(self, word: str, weight: float) -> Alternative:
        return Alternative((word,), weight, documents=self.lexicon.documents(word))

    def _put_together(self) -> None:
        """What several words of the question are together: one word written apart, or a thing with another name."""
        for joined, parts in self.joined:
            if joined in self.lexicon.words:
                for part in parts:
                    self.alternatives[part].append(self._one(joined, JOINED))
        for word in self.words:
            if _WHOLE_NUMBER.fullmatch(word):
                self.alternatives[word].append(Alternative(tuple(f"{int(word):,}".split(",")), JOINED))
        for run, others in self.synonyms:
            for part in run:
                for other in others:
                    rarest = min(self.lexicon.documents(word) for word in other)
                    self.alternatives[part].append(Alternative(other, SYNONYM, documents=rarest))

    def _read_otherwise(self) -> None:
        """Words that nobody wrote: typed on another keyboard, in other letters, or with a slip."""
        strange: list[str] = []
        for token in self.asked.tokens:
            words = token.words or (token.typed,)
            unknown = [word for word in words if not self._is_meant(word)]
            likely = [word for word in self.meant[token] if self.lexicon.knows(word)]
            if unknown and likely:
                for word in words:
                    self.alternatives[word] += [self._one(each, OTHER_KEYBOARD) for each in likely]
                self.corrected |= {**dict.fromkeys(words, ""), words[0]: likely[0]}
            elif token.words:
                strange += unknown
        for word in list(strange):
            alike = self.lexicon.sounding(self.keys[word])
            self.alternatives[word] += [self._one(each, OTHER_LETTERS) for each in alike]
            if alike:
                strange.remove(word)
        for word, slips in vocabulary.corrections(strange).items():
            self.alternatives[word] += [
                Alternative((each.word,), CORRECTED[each.slips], documents=each.documents) for each in slips
            ]
            if slips:
                self.corrected[word] = slips[0].word

    def _is_meant(self, word: str) -> bool:
        """Whether it was typed as it was meant: somebody wrote it, a curator gave it synonyms, or everybody says it."""
        return self.lexicon.knows(word) or word in self.named or stop_words.is_one(word)


class _Lexicon:
    """What the vocabulary knows of the words of one question."""

    def __init__(self, rows: list[Known]) -> None:
        self.rows = rows
        self.words = {row.word for row in rows}
        self.stems = {row.stem for row in rows}

    def knows(self, word: str) -> bool:
        """Whether the word stands somewhere, in this form or another."""
        return word in self.words or vocabulary.stem_of(word) in self.stems

    def documents(self, word: str) -> int:
        stem = vocabulary.stem_of(word)
        return sum(row.documents for row in self.rows if row.stem == stem or row.word == word)

    def sounding(self, keys: list[str]) -> list[str]:
        alike = sorted((row for row in self.rows if row.sound in keys), key=lambda row: -row.documents)
        # One form of a word stands for all of them.
        by_stem = {row.stem: row.word for row in reversed(alike)}
        return list(reversed(by_stem.values()))[:MOST_ALIKE]


def _joined(words: list[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Words that may be written as one: "check list", "1 850 000"."""
    for length in (2, 3):
        for start in range(len(words) - length + 1):
            parts = tuple(words[start : start + length])
            for joined in analysis.words("".join(parts))[:1]:
                yield joined, parts


def _each_once(alternatives: Iterable[Alternative]) -> tuple[Alternative, ...]:
    """The weightiest of those with the same words."""
    best: dict[tuple[tuple[str, ...], bool], Alternative] = {}
    for each in alternatives:
        key = each.words, each.unfinished
        if key not in best or best[key].weight < each.weight:
            best[key] = each
    return tuple(sorted(best.values(), key=lambda each: -each.weight)[:MOST_ALTERNATIVES])
