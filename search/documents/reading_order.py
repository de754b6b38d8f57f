"""Hebrew in the order in which it is read.

A line of a PDF, and an old text file, may hold its letters as they are seen from left to right. Five Hebrew letters
have a form of their own at the end of a word (ךםןףץ): where they begin words, the line was written down as it is seen.
"""

import re

# With vowel points and with the letters as PDF files sometimes name them.
HEBREW = re.compile("[\u05d0-\u05ea\ufb1d-\ufb4f]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u0400-\u04ff]")
_FINAL_FIRST = re.compile("(?<![\u05d0-\u05ea'\"׳״])[ךםןףץ][\u0591-\u05c7]*(?=[\u05d0-\u05ea])")
_FINAL_LAST = re.compile("(?<=[\u05d0-\u05ea])[\u0591-\u05c7]*[ךםןףץ](?![\u05d0-\u05ea'\"׳״])")
# Words and figures that run from left to right within Hebrew, with the single spaces and signs between them.
_LEFT_TO_RIGHT = re.compile(
    r"[^\W\u0590-\u05ff\ufb1d-\ufb4f]+(?:[ .,:;/%°+'’&@–-]?[^\W\u0590-\u05ff\ufb1d-\ufb4f]+)*"
)
# Hebrew from its first letter to its last one, with whatever but letters of others between.
_HEBREW_RUN = re.compile(
    "[\u0591-\u05ea\ufb1d-\ufb4f](?:[^A-Za-z\u00c0-\u024f\u0400-\u04ff]*[\u0591-\u05ea\ufb1d-\ufb4f])?"
)


def logical(text: str, *, is_seen: bool = False) -> str:
    """The text with its Hebrew in reading order; `is_seen` says what to think of one that gives no sign."""
    if not HEBREW.search(text):
        return text
    first, last = len(_FINAL_FIRST.findall(text)), len(_FINAL_LAST.findall(text))
    if first < last or (first == last and not is_seen):
        return text
    return "\n".join(_turned_line(line) for line in text.split("\n"))


def _turned_line(line: str) -> str:
    hebrew = len(HEBREW.findall(line))
    if not hebrew:
        return line
    if hebrew >= len(_LATIN.findall(line)):
        return _turned(line)
    return _HEBREW_RUN.sub(lambda run: _turned(run[0]), line)


def _turned(seen: str) -> str:
    """From the right end to the left one, but for what runs the other way."""
    return _LEFT_TO_RIGHT.sub(lambda run: run[0][::-1], seen[::-1])
