"""Pictures that people upload: checked, and drawn anew so that nothing but the picture is kept of what was sent."""

import struct
from io import BytesIO
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

LARGEST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = 25_000_000
SMALLEST_SIDE = 64
FORMATS = ("JPEG", "PNG", "WEBP")
ACCEPT = "image/jpeg,image/png,image/webp"


class PictureRefused(Exception):
    """The file is no picture that can be used; the message says why, to the person."""


def redrawn(upload: "UploadedFile[Any]", *, name: str, longest_side: int) -> "ContentFile[bytes]":
    """The upload as a new file of its pixels alone, no larger than needed, under that name; raises PictureRefused.

    What the file says of itself counts for nothing: its bytes are read. Place, device and whatever else was hidden
    in the file (a script, a second file) are left behind.
    """
    if (upload.size or 0) > LARGEST_BYTES:
        raise PictureRefused(_("The picture is larger than 5 MB. Choose a smaller one."))
    picture = _opened(upload)
    width, height = picture.size
    if width * height > MOST_PIXELS:
        raise PictureRefused(_("The picture has more than 25 million pixels. Choose a smaller one."))
    if min(width, height) < SMALLEST_SIDE:
        raise PictureRefused(_("The picture is smaller than 64 × 64 pixels. Choose a larger one."))
    drawn = _drawn(picture, longest_side)
    ending = "png" if drawn.startswith(b"\x89PNG") else "jpg"
    return ContentFile(drawn, f"{PurePath(name).stem}.{ending}")


def _opened(upload: "UploadedFile[Any]") -> Image.Image:
    upload.seek(0)
    try:
        return Image.open(upload, formats=FORMATS)
    except UnidentifiedImageError as error:
        raise PictureRefused(_("This is not a JPEG, PNG or WebP picture. Choose another file.")) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureRefused(
            _("The picture has more than 25 million pixels. Choose a smaller one.")
        ) from error
    except (OSError, ValueError, SyntaxError) as error:  # what Pillow raises for headers that lie
        raise PictureRefused(_("The picture is broken and cannot be opened. Choose another file.")) from error


def _drawn(picture: Image.Image, longest_side: int) -> bytes:
    try:
        picture.draft("RGB", (longest_side, longest_side))
        picture.thumbnail((longest_side, longest_side))
        upright = ImageOps.exif_transpose(picture)
        has_alpha = upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info
        pixels = upright.convert("RGBA" if has_alpha else "RGB")
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError, struct.error) as error:
        raise PictureRefused(_("The picture is broken and cannot be opened. Choose another file.")) from error
    # A new picture from the pixels: `save` would carry profiles and remarks along.
    clean = Image.new(pixels.mode, pixels.size)
    clean.paste(pixels)
    stream = BytesIO()
    if has_alpha:
        clean.save(stream, "PNG", optimize=True)
    else:
        clean.save(stream, "JPEG", quality=88)
    return stream.getvalue()


def size_of(drawn: "ContentFile[bytes]") -> tuple[int, int]:
    """Width and height, in pixels, of what `redrawn` made."""
    drawn.seek(0)
    with Image.open(drawn) as picture:
        size = picture.size
    drawn.seek(0)
    return size
