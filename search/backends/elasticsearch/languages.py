"""How Elasticsearch cuts texts into words: an analyser for each language, and one for whatever has none.

English, Russian and Bulgarian have stemmers in every Elasticsearch. Ukrainian and Hebrew have none there; theirs are
patterns of the filter that every Elasticsearch has, so that a cluster needs no plug-in and no dictionary. They cut what
`search.analysis` cuts for the databases (docs/adr/two-languages-have-stemmers-of-our-own.md).
"""

from typing import Any

from search import analysis

ANY = "all"
BARE = "bare"
LANGUAGES = ("en", "ru", "uk", "bg", "he")

_APOSTROPHES = "'`\u2019\u02bc\u2032"
# Final forms give way to the ordinary ones: the end of a stem is not the end of a word.
_FINAL_LETTERS = dict(zip("ךםןףץ", "כמנפצ", strict=True))
_ENDINGS = "|".join(analysis.CYRILLIC_ENDINGS)
_HEBREW_ENDINGS = "|".join(
    "".join(_FINAL_LETTERS.get(letter, letter) for letter in ending) for ending in analysis.HEBREW_ENDINGS
)
_SHORTEST = analysis.SHORTEST_STEM


def _replacing(pattern: str, replacement: str = "") -> dict[str, Any]:
    return {"type": "pattern_replace", "pattern": pattern, "replacement": replacement}


CHARACTER_FILTERS: dict[str, Any] = {
    # п'ять, pump's, מק"ט: one word, with the sign or without it.
    "apostrophes": _replacing(rf"(?<=\p{{L}})[{_APOSTROPHES}](?=\p{{L}})"),
    "gershayim": _replacing("(?<=[א-ת])[\"\u05f4\u201d](?=[א-ת])|(?<=[א-ת])['\u05f3\u2019]"),
    "marks": _replacing("[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7]"),
    # 1,850,000 is 1850000; 0.250 is no thousand.
    "thousands": _replacing(
        r"(?<![\d.,])([1-9]\d{0,2})[,.\u00a0\u202f](\d{3})(?:[,.\u00a0\u202f](\d{3}))?"
        r"(?:[,.\u00a0\u202f](\d{3}))?(?![\d])",
        "$1$2$3$4",
    ),
    "letters": {
        "type": "mapping",
        "mappings": [
            f"{written} => {meant}"
            for written, meant in {
                "ё": "е", "Ё": "Е", "ґ": "г", "Ґ": "Г", "ѝ": "и", "Ѝ": "И", **_FINAL_LETTERS,
            }.items()
        ],
    },
}  # fmt: skip
TOKENIZERS: dict[str, Any] = {
    "words": {"type": "pattern", "pattern": r"[^\p{L}\p{N}\-\u2010\u2011]+"},
}
FILTERS: dict[str, Any] = {
    # "check-list" is "check", "list" and "checklist".
    "hyphens": {
        "type": "word_delimiter_graph",
        "split_on_case_change": False,
        "split_on_numerics": False,
        "stem_english_possessive": False,
        "catenate_all": True,
    },
    "longest": _replacing(rf"^(.{{{analysis.LONGEST_WORD}}}).+$", "$1"),
    "english": {"type": "stemmer", "language": "english"},
    "russian": {"type": "stemmer", "language": "russian"},
    "bulgarian": {"type": "stemmer", "language": "bulgarian"},
    # "запчасть" is no verb; "сумісність" and "сумісності" meet.
    "soft_sign": _replacing("сть$", "ст"),
    "one_vowel": _replacing("іст$", "ост"),
    "cyrillic": _replacing(rf"^(.{{{_SHORTEST},}}?)(?:{_ENDINGS})$", "$1"),
    "hebrew": _replacing(rf"^(.{{{_SHORTEST},}}?)(?:{_HEBREW_ENDINGS})$", "$1"),
    # One of the letters that Hebrew writes in front of a word as if they were its first: "and", "in", "the", …
    "hebrew_prefix": _replacing(rf"^[{analysis.HEBREW_PREFIXES}](.{{{_SHORTEST},}})$", "$1"),
    "beginnings": {"type": "edge_ngram", "min_gram": 1, "max_gram": 20},
}
_STEMMERS: dict[str, list[str]] = {
    # Latin words stand in texts of every language.
    ANY: ["english", "soft_sign", "cyrillic", "one_vowel", "hebrew"],
    "en": ["english"],
    "ru": ["russian", "english"],
    "uk": ["soft_sign", "cyrillic", "one_vowel", "english"],
    "bg": ["bulgarian", "english"],
    "he": ["hebrew", "english"],
    f"he_{BARE}": ["hebrew_prefix", "hebrew"],
    "names": [],
    "beginnings": ["beginnings"],
}


def _analyser(stemmers: list[str]) -> dict[str, Any]:
    return {
        "type": "custom",
        "char_filter": list(CHARACTER_FILTERS),
        "tokenizer": "words",
        "filter": ["hyphens", "lowercase", "asciifolding", "longest", *stemmers],
    }


ANALYSIS: dict[str, Any] = {
    "char_filter": CHARACTER_FILTERS,
    "tokenizer": TOKENIZERS,
    "filter": FILTERS,
    "analyzer": {name: _analyser(stemmers) for name, stemmers in _STEMMERS.items()},
}
