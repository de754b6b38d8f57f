"""The scripts of the languages that people here write."""

import re

LATIN = re.compile(r"[a-z]", re.IGNORECASE)
CYRILLIC = re.compile(r"[\u0400-\u04ff]")
HEBREW = re.compile(r"[\u05d0-\u05ea]")
