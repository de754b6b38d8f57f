"""How a text becomes the words by which it is found: the same for what is stored and for what is asked.

The database knows neither Hebrew's prefixes nor the endings of three Slavic languages, and folds case as its locale
happens to say. So words are folded and cut to their stems here, and the database only compares them.
"""

import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import snowballstemmer
from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString

from search.scripts import CYRILLIC, HEBREW, LATIN

LONGEST_TEXT = 200
MOST_WORDS = 12
LONGEST_WORD = 40

_WORD = re.compile(r"[^\W_]+")
# A word as a reader sees it, with the signs that folding takes away.
_WRITTEN_WORD = re.compile(
    r"(?:[^\W_]|[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7]|(?<=[^\W\d_])['\"`\u2019\u02bc\u2032\u05f3\u05f4](?=[^\W\d_]))+"
)
_HYPHEN = re.compile(r"[-\u2010\u2011]")
_HYPHENED = re.compile(r"(?<![^\W_])[^\W_]++(?:[-\u2010\u2011][^\W_]++)+")
# Signs within a word that one writes and another leaves out: п'ять, pump's, מק"ט. The sign stands first in the pattern,
# for a text is passed over far faster in search of one of a few signs than in search of what stands before them.
_WITHIN = re.compile(
    r"['`\"\u2019\u201d\u02bc\u2032\u05f3\u05f4](?:"
    r"(?<=[^\W\d_]['`\u2019\u02bc\u2032])(?=[^\W\d_])"
    r"|(?<=[\u05d0-\u05ea][\"\u05f4\u201d])(?=[\u05d0-\u05ea])|(?<=[\u05d0-\u05ea]['\u05f3\u2019]))"
)
# 1,850,000 and 1 850 000 with the spaces that do not break; 0.250 is no thousand.
_THOUSANDS = re.compile(r"[1-9](?<![\d.,].)\d{0,2}(?:[,.\u00a0\u202f]\d{3})+(?![\d])")
_CODE = re.compile(r"\d[авекмнорстух]|[авекмнорстух]\d", re.IGNORECASE)
_LOOKALIKES = str.maketrans("авекмнорстухАВЕКМНОРСТУХ", "abekmhopctyxABEKMHOPCTYX")
# A stemmer keeps the word that it is at: each thread has its own.
_own = threading.local()

# Endings of nouns and adjectives in Russian, Ukrainian and Bulgarian, the longest is cut first.
_WRITTEN_ENDINGS = """
    ами ями иями іями ових ові еві ого его ому ему ыми ими іми иях іях ове еве
    ия ии ию ией ія ії ію ією ої ою ею ов ев ів їв ах ях ам ям ом ем єм ей ой ый ий ій ая яя ое ее ые ие
    ых их ым им ую юю ия ть ться ется ются ить ать ять
    а я о е є ы и і ї у ю ь й
"""
CYRILLIC_ENDINGS = sorted(_WRITTEN_ENDINGS.split(), key=len, reverse=True)
_BULGARIAN_ARTICLE = re.compile(r"(?:ия(?:та|т)|ии?те|[аеио]т[аео]|(?<=ст)та|ът|ят)$")
SHORTEST_STEM = 3
HEBREW_PREFIXES = "ובהלכמש"
HEBREW_ENDINGS = ("ויות", "יות", "ים", "ות", "ית", "ה", "ת")


def fold(text: str) -> str:
    """Without differences that nobody types on purpose: case, accents, vowel points, full-width forms, ё for е."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKC", text).casefold()
    for letter, guard in _GUARDED.items():
        text = text.replace(letter, guard)
    return unicodedata.normalize("NFKD", text).translate(_BARE)


# Letters that a decomposition would turn into other letters step aside while accents are taken away.
_GUARDED = {"й": "\ue000", "ї": "\ue001", "ў": "\ue002", "ё": "е"}
_UNGUARD = {ord(guard): letter for letter, guard in _GUARDED.items() if letter != "ё"}


class _BareSigns(dict[int, Any]):
    """What becomes of each sign, looked up once: combining ones go, guards give way to their letters."""

    def __missing__(self, code: int) -> Any:
        self[code] = None if unicodedata.combining(chr(code)) else _UNGUARD.get(code, code)
        return self[code]


_BARE = _BareSigns()


def words(text: str) -> list[str]:
    """The folded words of a text, in order."""
    text = _WITHIN.sub("", _THOUSANDS.sub(lambda number: re.sub(r"\D", "", number[0]), text))
    found = _WORD.findall(fold(text))
    return [
        word if word.isalpha() else code_in_latin(word) for word in (each[:LONGEST_WORD] for each in found)
    ]


def code_in_latin(word: str) -> str:
    """Codes with the letters that look alike as Latin ones: nobody sees whether "57х3" and "М12" have Cyrillic ones."""
    return in_latin(word) if _CODE.search(word) else word


def in_latin(text: str) -> str:
    """Cyrillic letters that look like Latin ones as these."""
    return text.translate(_LOOKALIKES)


def asked(text: str) -> list[str]:
    """The words of what somebody typed, each once; what is beyond any sensible question is left out."""
    return list(dict.fromkeys(words(text[:LONGEST_TEXT])))[:MOST_WORDS]


@lru_cache(maxsize=50_000)
def stems(word: str) -> tuple[str, ...]:
    """The stems of a folded word; more than one where the language leaves it open, as Hebrew's prefixes do."""
    if LATIN.search(word):
        return (_english(word),)
    if CYRILLIC.search(word):
        return (_slavic(word),)
    if HEBREW.search(word):
        return tuple(dict.fromkeys(_hebrew(word)))
    return (word,)


def all_words(text: str) -> list[str]:
    """The words of a text, and at the end what hyphens join, written as one."""
    return words(text) + joined(text)


def all_stems(words: Iterable[str]) -> list[str]:
    """The stems of words, in their order."""
    return [stem for word in words for stem in stems(word)]


def joined(text: str) -> list[str]:
    """Words with hyphens as if they had none: "check-list" is also "checklist"."""
    text = _WITHIN.sub("", text)
    return [word for match in _HYPHENED.finditer(text) for word in words(_HYPHEN.sub("", match[0]))]


def mark(text: str, wanted_words: Iterable[str]) -> SafeString:
    """The text with these words, in whatever form, in `<mark>`."""
    return format_html_join("", "{}", ((part,) for part in _marked(text, _stems_of(frozenset(wanted_words)))))


def first_place(text: str, wanted_words: Iterable[str]) -> tuple[int, int] | None:
    """Where the first of these words stands, in whatever form: its beginning and its end."""
    wanted = _stems_of(frozenset(wanted_words))
    for match in _WRITTEN_WORD.finditer(text):
        if not wanted.isdisjoint(_stems_in(match[0])):
            return match.span()
    return None


@lru_cache(maxsize=64)
def _stems_of(wanted: frozenset[str]) -> frozenset[str]:
    return frozenset(stem for word in wanted for stem in stems(word))


def _stems_in(written: str) -> frozenset[str]:
    return _stems_of_written(written) if len(written) <= LONGEST_WORD else frozenset()


@lru_cache(maxsize=20_000)
def _stems_of_written(written: str) -> frozenset[str]:
    """Of a word as it stands in a text: a page of results looks at thousands, most of them again and again."""
    return frozenset(stem for word in words(written) for stem in stems(word))


def _marked(text: str, wanted: frozenset[str]) -> Iterator[SafeString]:
    end = 0
    for match in _WRITTEN_WORD.finditer(text):
        if wanted.isdisjoint(_stems_in(match[0])):
            continue
        yield conditional_escape(text[end : match.start()])
        yield SafeString(f"<mark>{conditional_escape(match[0])}</mark>")
        end = match.end()
    yield conditional_escape(text[end:])


def _english(word: str) -> str:
    if not hasattr(_own, "stemmer"):
        _own.stemmer = snowballstemmer.stemmer("english")
    return str(_own.stemmer.stemWord(word))


def _slavic(word: str) -> str:
    # "помпата" and "помпа" meet only when the vowel before the article goes as well.
    bare = _BULGARIAN_ARTICLE.sub("", word)
    if len(bare) > SHORTEST_STEM and bare != word:
        return bare
    # "запчасть" is no verb.
    if word.endswith("сть"):
        return _with_one_vowel(word[:-1])
    for ending in CYRILLIC_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return _with_one_vowel(word[: -len(ending)])
    return word


def _with_one_vowel(stem: str) -> str:
    """Ukrainian "сумісність" and "сумісності" meet."""
    return f"{stem[:-3]}ост" if stem.endswith("іст") else stem


def _hebrew(word: str) -> Iterator[str]:
    yield _hebrew_stem(word)
    if word[0] in HEBREW_PREFIXES and len(word) > SHORTEST_STEM:
        yield _hebrew_stem(word[1:])


def _hebrew_stem(word: str) -> str:
    for ending in HEBREW_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word[: -len(ending)]
    return word
