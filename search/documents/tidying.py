"""What a reader gave, without what nobody looks for: signs that are not seen, empty lines, runs of spaces."""

import re
import unicodedata

# Ligatures of print, and Hebrew letters with their points in one.
_PRESENTED = re.compile("[\ufb00-\ufb06\ufb1d-\ufb4f]+")
# Control signs and halves of signs, which no database takes; marks of direction, soft hyphens, spaces without width.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" ?\n[ \n]*")


def tidied(text: str) -> str:
    text = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _PRESENTED.sub(lambda letters: unicodedata.normalize("NFKC", letters[0]), text)
    return _LINES.sub("\n", _SPACES.sub(" ", unicodedata.normalize("NFC", text)))
