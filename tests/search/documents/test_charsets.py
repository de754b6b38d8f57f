"""In what a plain text is written is seen from its bytes."""

import pytest

from search.documents import charsets

RUSSIAN = "Проверьте уровень масла в редукторе; записи ведёт мастер смены.\n"
HEBREW = "רשימת תיוג למפעיל, עמוד אחד לכל בלוק\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "utf-8"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (RUSSIAN, "cp866"),
        (RUSSIAN, "utf-16-le"),
        (RUSSIAN, "utf-16-be"),
        (RUSSIAN, "utf-16"),
        ("масло;20;раз в месяц\nредуктор;5;раз в год\n", "cp1251"),
        ("Контролен списък за пренастройка; време, отговорник\n", "cp1251"),
        ("Пам'ятка водія: швидкість, маршрут і їзда\n", "cp1251"),
        (HEBREW, "cp1255"),
        (HEBREW, "utf-16-le"),
        ("Température élevée à l'entrée, 5 µm\n", "cp1252"),
        ("plain letters\n", "ascii"),
        (f"{RUSSIAN}{HEBREW}", "utf-8"),
    ],
)
@pytest.mark.parametrize("times", [1, 300])
def test_is_guessed(text: str, encoding: str, times: int) -> None:
    written = (text * times).encode(encoding)
    assert charsets.is_text(written[:4096])
    assert written.decode(charsets.guessed(written)) == text * times


def test_a_letter_cut_in_two_is_no_fault() -> None:
    written = RUSSIAN.encode()[:7]
    assert charsets.guessed(written) == charsets.UTF_8


@pytest.mark.parametrize(
    "content",
    [b"\x7fELF\x00", b"\x89PNG\r\n\x1a\n\x00\x00", bytes(range(256)), b"BM6\x00\x00\x00", bytes(50)],
)
def test_a_program_or_a_picture_is_no_text(content: bytes) -> None:
    assert not charsets.is_text(content)


def test_what_no_encoding_explains_is_read_with_faults() -> None:
    assert charsets.guessed(b"\x81\x8d\x8f\x90\x9d" * 20) in {charsets.UTF_8, "cp866", "koi8_r"}
