"""Office files are zip archives that carry the minute of their making; ours are the same each time."""

import re
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

MADE: Final = "2026-01-05T08:00:00Z"
STAMP: Final = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")


def settled(data: bytes) -> bytes:
    """The same archive with all its times set to one moment."""
    file = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(file, "w", ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            content = source.read(name)
            if name == "docProps/core.xml":
                content = STAMP.sub(rb"\g<1>" + MADE.encode() + rb"\g<2>", content)
            info = ZipInfo(name, (2026, 1, 5, 8, 0, 0))
            info.compress_type = ZIP_DEFLATED
            target.writestr(info, content)
    return file.getvalue()
