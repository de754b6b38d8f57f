"""In which encoding a plain text is written.

`charset_normalizer` tells apart what five languages were written in before UTF-8, except for one pair: a Hebrew text in
windows-1255 has the bytes of small Cyrillic letters in windows-1251.
"""

import codecs
import re

from charset_normalizer import from_bytes

UTF_8 = "utf-8-sig"
MARKS = {codecs.BOM_UTF8: UTF_8, codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
OLDER = ["cp1251", "cp1252", "koi8_r", "cp866"]
# Nobody types these into a text; escape and backspace come from old printers.
_NOT_TEXT = re.compile(rb"[\x00-\x06\x0e-\x1a\x1c-\x1f\x7f]")
# A half of the bytes at least of what is written in two bytes a letter with Latin spaces, digits and line ends.
_SHARE_OF_ZEROS = 0.1
# Two bytes of anything else make a letter of an alphabet that nobody here writes.
_FOREIGN = re.compile(r"[^\t\n\r\f -~\u00a0-\u05ff\u2000-\u22ff]")
_HEBREW = re.compile("[א-ת]")
_FINAL_WITHIN = re.compile("[א-ת][ךםןףץ][א-ת]")
# Besides ASCII, letters and what stands between them; others are capital Cyrillic letters or those after "ъ".
_NOT_HEBREW_BYTES = re.compile(rb"[^\x00-\x7f\xe0-\xfa\xd7\xd8\x85\x91-\x97\xa0\xa4\xab\xb0\xb1\xb5\xb7\xbb]")
# A French or German word has one of these bytes among Latin letters.
_MIXED = re.compile("[א-ת][A-Za-z]|[A-Za-z][א-ת]")


def is_text(head: bytes) -> bool:
    """Whether a file that begins so is written for people."""
    return _wide(head) != "" or not _NOT_TEXT.search(head)


def guessed(sample: bytes) -> str:
    """The encoding of a text that begins so; what no encoding explains is taken for UTF-8 with faults."""
    wide = _wide(sample)
    if wide or _is_utf_8(sample):
        return wide or UTF_8
    if _is_hebrew(sample):
        return "cp1255"
    best = from_bytes(sample, cp_isolation=OLDER).best()
    return best.encoding if best is not None else UTF_8


def _wide(sample: bytes) -> str:
    """UTF-16, with or without its mark."""
    for mark, encoding in MARKS.items():
        if encoding != UTF_8 and sample.startswith(mark):
            return encoding
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) < max(1, len(sample) * _SHARE_OF_ZEROS / 2) or min(even, odd) > 0:
        return ""
    encoding = "utf-16-le" if odd else "utf-16-be"
    text = sample[: len(sample) // 2 * 2].decode(encoding, "replace")
    return "" if _FOREIGN.search(text) else encoding


def _is_utf_8(sample: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return False
    return True


def _is_hebrew(sample: bytes) -> bool:
    """Letters that end words never stand within one, and there are no capitals."""
    text = sample.decode("cp1255", "replace")
    return (
        not _NOT_HEBREW_BYTES.search(sample)
        and _HEBREW.search(text) is not None
        and not _FINAL_WITHIN.search(text)
        and not _MIXED.search(text)
    )
