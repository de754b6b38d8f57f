"""What somebody meant to type whose keyboard was set to another language: "cdfhrf" for "сварка".

Layouts as systems ship them: US QWERTY; Russian ЙЦУКЕН (GOST 6431-90 as Windows has it); Ukrainian (ДСТУ 3470-96 and
Windows' enhanced one, which agree on letters); Bulgarian BDS 5237:1978 and its phonetic one (BDS 5237:2006); Hebrew
SI-1452. Keys are named by what they give on QWERTY without shift.
"""

from collections.abc import Iterator

from search.scripts import CYRILLIC, HEBREW, LATIN

_KEYS = "`qwertyuiop[]\\asdfghjkl;'zxcvbnm,./"
_LAYOUTS = {
    "ru": "ёйцукенгшщзхъ\\фывапролджэячсмитьбю.",
    "uk": "'йцукенгшщзхїґфівапролджєячсмитьбю.",
    "bg": "(,уеишщксдзц;„ьяаожгтнвмчюйъэфхпрлб",
    "bg-phonetic": "чявертъуиопшщюасдфгхйкл;'зьцжбнм,./",
    "he": ";/'קראטוןםפ][\\שדגכעיחלךף,זסבהנמצתץ.",
}


def _table(of: str, to: str) -> dict[int, str]:
    return {ord(one): other for one, other in zip(of, to, strict=True)}


_FROM_LATIN = {language: _table(_KEYS, letters) for language, letters in _LAYOUTS.items()}
_TO_LATIN = {language: _table(letters, _KEYS) for language, letters in _LAYOUTS.items()}
# With the shift key held, as at the beginning of a sentence, other signs stand for the same keys.
_SHIFTED = str.maketrans('~{}|:"<>?', "`[]\\;',./")
_AT_THE_EDGE = ".,;:'`[]\\/()„ "
_CYRILLIC_LAYOUTS = ("ru", "uk", "bg", "bg-phonetic")


def meant(text: str) -> Iterator[str]:
    """What the same keys give on other layouts, where that makes a word of letters; each once, the likeliest first.

    The text is lower case, one word with the signs that stood in it: many letters lie where QWERTY has signs.
    """
    seen = {text}
    for other in _typed_otherwise(text):
        word = other.strip(_AT_THE_EDGE).replace("'", "")
        if word and word not in seen and word.isalpha():
            seen.add(word)
            yield word


def _typed_otherwise(text: str) -> Iterator[str]:
    text = text.translate(_SHIFTED)
    if LATIN.search(text):
        for language in (*_CYRILLIC_LAYOUTS, "he"):
            yield text.translate(_FROM_LATIN[language])
    elif CYRILLIC.search(text):
        for language in _CYRILLIC_LAYOUTS:
            latin = text.translate(_TO_LATIN[language])
            yield latin
            yield latin.translate(_FROM_LATIN["he"])
    elif HEBREW.search(text):
        latin = text.translate(_TO_LATIN["he"])
        yield latin
        for language in _CYRILLIC_LAYOUTS:
            yield latin.translate(_FROM_LATIN[language])
    elif text:
        # Nothing but signs: some letters lie there.
        for language in (*_CYRILLIC_LAYOUTS, "he"):
            yield text.translate(_FROM_LATIN[language])
