"""Uploads that are not what they say: each gets a message, none gets in."""

import struct
import zlib
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from people import pictures

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def encoded(kind: str, size: tuple[int, int] = (400, 300), mode: str = "RGB", **options: object) -> bytes:
    stream = BytesIO()
    Image.new(mode, size).save(stream, kind, **options)
    return stream.getvalue()


def upload(content: bytes, name: str = "photo.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def redrawn(content: bytes, side: int = 200) -> Image.Image:
    return Image.open(pictures.redrawn(upload(content), name="new", longest_side=side).file)


def bomb() -> bytes:
    """A PNG of 60 000 × 60 000 pixels in a few bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 10_000))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_takes_pictures_and_makes_them_no_larger_than_needed(kind: str) -> None:
    assert redrawn(encoded(kind)).size == (200, 150)


def test_keeps_transparency() -> None:
    picture = redrawn(encoded("PNG", mode="RGBA"))
    assert (picture.format, picture.mode) == ("PNG", "RGBA")


def test_turns_upright_and_leaves_behind_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by a quarter
    exif.get_ifd(0x8825)[2] = (59.0, 56.0, 0.0)
    exif[0x010F] = "Camera"
    picture = redrawn(encoded("JPEG", exif=exif))
    assert picture.size == (150, 200)
    assert not picture.getexif()


def test_what_is_hidden_behind_the_picture_is_gone() -> None:
    hidden = b"<script>alert(1)</script>PK\x03\x04"
    made = pictures.redrawn(upload(encoded("JPEG") + hidden), name="new", longest_side=200)
    assert hidden not in made.read()


def test_the_name_follows_the_content() -> None:
    assert pictures.redrawn(upload(encoded("PNG"), "x.exe"), name="a.exe", longest_side=99).name == "a.jpg"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (SVG, "not a JPEG"),
        (b"GIF89a" + b"\0" * 40, "not a JPEG"),
        (b"MZ\x90\0 a program", "not a JPEG"),
        (b"", "not a JPEG"),
        (b"%PDF-1.7", "not a JPEG"),
        (encoded("BMP"), "not a JPEG"),
        (encoded("JPEG")[:400], "broken"),
        (encoded("PNG", mode="RGB")[:200], "broken"),
        (encoded("PNG", size=(40, 400)), "smaller than"),
        (bomb(), "pixels"),
        (encoded("PNG", size=(6000, 5000), mode="1"), "pixels"),
        (encoded("JPEG") + b"\0" * pictures.LARGEST_BYTES, "5 MB"),
    ],
    ids=[
        "svg",
        "gif",
        "program",
        "empty",
        "pdf",
        "bmp",
        "cut-jpeg",
        "cut-png",
        "small",
        "bomb",
        "large",
        "heavy",
    ],
)
def test_refuses(content: bytes, says: str) -> None:
    with pytest.raises(pictures.PictureRefused, match=says):
        pictures.redrawn(upload(content), name="new", longest_side=200)
