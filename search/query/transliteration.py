"""How a word sounds, whatever letters it is written in: "svarka" and "сварка" are one key, "kaizen" and "קאיזן" too.

A key is rough on purpose: people write Cyrillic in Latin letters in a dozen ways, and Hebrew without its vowels.
Between Latin and Cyrillic letters the vowels count and the ending does not; where Hebrew or an English spelling takes
part, only the consonants count.
"""

import re
from collections.abc import Iterator

from search.scripts import CYRILLIC, HEBREW, LATIN


def _letters(pairs: str) -> dict[int, str]:
    return {ord(pair[0]): pair[2:] for pair in pairs.split(" ")}


# BGN/PCGN, as far as people follow any standard; ё is written е by then, and ь and ъ are left out.
_CYRILLIC = _letters(
    "а=a б=b в=v г=g ґ=g д=d е=e є=e ж=zh з=z и=i і=i ї=i й=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ў=u ф=f х=kh "
    "ц=ts ч=ch ш=sh щ=shch ъ= ы=i ь= э=e ю=iu я=ia"
)
_HEBREW = _letters(
    "א= ב=b ג=g ד=d ה= ו= ז=z ח=k ט=t י= כ=k ך=k ל=l מ=m ם=m נ=n ן=n ס=s ע= פ=p ף=p צ=c ץ=c ק=k ר=r ש=s ת=t"
)

# Each rule for what the ones before it have left.
_ONE_WAY_TO_WRITE = [
    (re.compile(pattern), letter)
    for pattern, letter in (
        (r"shch|sch|sht|sh", "š"),
        (r"ch", "č"),
        (r"zh", "z"),
        (r"kh|x", "h"),
        (r"t[sz]|c", "c"),
        (r"w", "v"),
        (r"[yj]", "i"),
        (r"ie", "e"),
        (r"(.)\1+", r"\1"),
    )
]
_ENDINGS = re.compile(
    r"(?:ogo|ego|omu|emu|imi|ami|iami|ikh|ov|ev|iv|am|iam|om|em|ah|iah|im|ih|oi|ei|iu|ia|[aeiou])$"
)
# How English and the trade words that others took from it are spoken, as far as consonants go.
_SPOKEN = [
    (re.compile(pattern), letter)
    for pattern, letter in (
        (r"igh|(?<=i)gn|^kn", lambda match: "n" if "n" in match[0] else ""),
        (r"ph", "f"),
        (r"tch|tsch|ch|dge|dj|dzh|dz", lambda match: "c" if "c" in match[0] else "z"),
        (r"c(?=[eiy])", "s"),
        (r"ck|c|q", "k"),
        (r"x", "ks"),
        (r"sh|sch|s|z|š", "s"),
        (r"zh|j|g(?=[ei])", "z"),
    )
]  # fmt: skip
_VOWELS = re.compile(r"[aeiouywvh'-]")
_SHORTEST = 3
_SHORTEST_BARE = 4
# A word that begins with a vowel is kept apart from one that does not: short ones would be too much alike.
_FIRST_VOWEL = re.compile(r"^[אהועי]+")


def sounds(word: str) -> Iterator[str]:
    """The keys under which a folded word of a text is kept, each with the letter of its script before it."""
    if CYRILLIC.search(word):
        yield from _named("c", _slavic(word.translate(_CYRILLIC)))
    elif HEBREW.search(word):
        yield from _named("h", _hebrew(word))
    elif LATIN.search(word):
        yield from _named("l", _consonants(word))


def sounds_like(word: str) -> Iterator[str]:
    """The keys of words in other letters that sound like this folded word."""
    if LATIN.search(word):
        key = _slavic(word)
        yield from _named("c", key)
        if "h" in key:
            yield from _named("c", key.replace("h", "g"))
        yield from dict.fromkeys(
            (*_named("h", _semitic(word)), *_named("h", _semitic(word.replace("h", "kh"))))
        )
    elif CYRILLIC.search(word):
        yield from _named("l", _consonants(word.translate(_CYRILLIC)))
    elif HEBREW.search(word):
        yield from _named("l", _consonants(word.translate(_HEBREW)))


def _named(script: str, key: str) -> Iterator[str]:
    if len(key) >= _SHORTEST:
        yield f"{script}:{key}"


def _slavic(latin: str) -> str:
    for pattern, letter in _ONE_WAY_TO_WRITE:
        latin = pattern.sub(letter, latin.replace("'", ""))
    while (bare := _ENDINGS.sub("", latin)) != latin and len(bare) >= _SHORTEST_BARE:
        latin = bare
    return latin


def _hebrew(word: str) -> str:
    return _FIRST_VOWEL.sub("a", word).translate(_HEBREW)


def _semitic(latin: str) -> str:
    """As Hebrew would write it: ח, כ and ק are one, as are ב and v, פ and f, and nothing is doubled."""
    for pattern, letter in (
        (r"^[aeiouyh]+", "A"),
        (r"t[sz]", "c"),
        (r"[ck]h|ch|x|c(?!$)|q|ck", "k"),
        (r"sh", "s"),
        (r"[vw]", "b"),
        (r"ph|f", "p"),
        (r"j", "g"),
        (r"th", "t"),
        (r"[aeiouyh'-]", ""),
        (r"(.)\1+", r"\1"),
    ):
        latin = re.sub(pattern, letter, latin)
    return latin.lower()


def _consonants(latin: str) -> str:
    for pattern, letter in _SPOKEN:
        latin = pattern.sub(letter, latin)
    return re.sub(r"(.)\1+", r"\1", _VOWELS.sub("", latin))
