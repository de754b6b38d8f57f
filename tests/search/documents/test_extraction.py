"""Every kind of file gives its text; what breaks down over one ends with a reason, and the next is read."""

import datetime as dt
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from search.choices import TextFailure
from search.documents.extraction import Extraction, Found
from tests.search.documents import files

Read = Callable[[bytes], Found]

GREETINGS = {
    "en": "Check the torque of every bolt",
    "ru": "Проверьте момент затяжки каждого болта",
    "uk": "Перевірте момент затягування кожного болта її сім'ї",
    "bg": "Проверете въртящия момент на всеки болт",
    "he": "בדקו את מומנט ההידוק של כל בורג בשרון",
}
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTER = '<!DOCTYPE l [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
ENTITY = files.word("<w:p><w:t>&b;</w:t></w:p>")
LEGACY = {"en": "cp1252", "ru": "cp1251", "uk": "cp1251", "bg": "cp1251", "he": "cp1255"}
# Has a file read over which the reader hangs, and tells the number of the reading process.
WORKER = """
import os, sys, threading, time
os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.test"
import django
django.setup()
from pathlib import Path
from django.conf import settings
from search.documents.extraction import Extraction
settings.DOCUMENT_SECONDS = 3
settings.DOCUMENT_READERS = {"rich_text": "tests.search.documents.hostile.hang"}
extraction = Extraction()
threading.Thread(target=extraction.read, args=[Path(sys.argv[1])], daemon=True).start()
time.sleep(1)
print(extraction._process.pid, flush=True)
time.sleep(60)
"""
HOSTILE = "tests.search.documents.hostile."


@pytest.fixture
def extraction() -> Iterator[Extraction]:
    with Extraction() as opened:
        yield opened


@pytest.fixture
def read(extraction: Extraction, tmp_path: Path) -> Read:
    def reading(content: bytes) -> Found:
        path = tmp_path / "file"
        path.write_bytes(content)
        return extraction.read(path)

    return reading


@pytest.mark.parametrize("language", GREETINGS)
class TestLanguages:
    def test_pdf(self, read: Read, language: str) -> None:
        found = read(files.pdf([GREETINGS[language]], is_right_to_left=language == "he"))
        assert found == Found(GREETINGS[language])

    def test_document(self, read: Read, language: str) -> None:
        lines = read(files.document(GREETINGS[language], "Second")).text.splitlines()
        assert lines == [
            *(GREETINGS[language], "Second", "left cell", "right cell", "after the table"),
            *("heading line", "footing line"),
        ]

    def test_presentation(self, read: Read, language: str) -> None:
        lines = read(files.presentation(GREETINGS[language], "Second")).text.splitlines()
        wanted = [GREETINGS[language], f"cell of {GREETINGS[language]}", "Second", "cell of Second"]
        assert [line for line in lines if line in wanted] == wanted
        assert f"notes of {GREETINGS[language]}" in lines

    def test_workbook(self, read: Read, language: str) -> None:
        found = read(files.workbook(GREETINGS[language][:20], [[GREETINGS[language], 12, 0.25, None, "end"]]))
        assert found.text == f"{GREETINGS[language][:20].strip()}\n{GREETINGS[language]} 12 0.25 end"

    def test_open_document(self, read: Read, language: str) -> None:
        assert read(files.open_text(GREETINGS[language], "Second")).text.startswith(
            f"{GREETINGS[language]}\nSecond"
        )
        assert GREETINGS[language] in read(files.open_table("Table", [[GREETINGS[language], 7]])).text

    def test_rich_text(self, read: Read, language: str) -> None:
        written = "".join(
            letter if letter.isascii() else f"\\u{ord(letter)}?" for letter in GREETINGS[language]
        )
        assert read(f"{{\\rtf1\\ansi {written}\\par}}".encode()).text == GREETINGS[language]

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "legacy"])
    def test_plain(self, read: Read, language: str, encoding: str) -> None:
        encoded = f"{GREETINGS[language]};12\n".encode(LEGACY[language] if encoding == "legacy" else encoding)
        assert read(encoded) == Found(f"{GREETINGS[language]};12")


class TestWhatCounts:
    def test_dates_and_whole_numbers_of_a_workbook(self, read: Read) -> None:
        row = [3.0, dt.datetime(2026, 5, 4), dt.datetime(2026, 5, 4, 13, 5), True]  # noqa: DTZ001 - Excel has no zones
        assert read(files.workbook("Dates", [row])).text == "Dates\n3 2026-05-04 2026-05-04 13:05:00 True"

    def test_text_boxes_fields_and_insertions_once(self, read: Read) -> None:
        body = (
            "<w:p><w:sdt><w:sdtContent><w:r><w:t>in a field</w:t></w:r></w:sdtContent></w:sdt></w:p>"
            "<w:p><w:ins><w:r><w:t>inserted</w:t></w:r></w:ins><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>"
            "<mc:AlternateContent><mc:Choice><w:p><w:r><w:t>boxed</w:t></w:r></w:p></mc:Choice>"
            "<mc:Fallback><w:p><w:r><w:t>boxed</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent>"
        )
        assert read(files.office(files.word(body))).text == "in a field\ninserted\nboxed"

    def test_a_word_that_is_broken_between_lines(self, read: Read) -> None:
        assert (
            read(files.pdf(["a long expla-", "nation of X-", "Ray"])).text == "a long explanation of X-\nRay"
        )

    def test_signs_that_are_not_seen_and_ligatures(self, read: Read) -> None:
        assert (
            read("so\u00adft \u200fﬁne\u2028\n\n\n  \tend \ufb2a".encode()).text == "soft fine\nend ש\u05c1"
        )

    def test_an_unreadable_page_leaves_the_others(self, read: Read) -> None:
        whole = files.pdf(["first page"], ["second page"], is_right_to_left=False)
        start = whole.index(b"stream\n") + 7
        assert read(whole[:start] + bytes(20) + whole[start + 20 :]).text == "second page"

    @pytest.mark.parametrize("content", [b"", b" \n\t\n", files.scan()], ids=["nothing", "spaces", "scan"])
    def test_nothing_to_read_is_no_failure(self, read: Read, content: bytes) -> None:
        assert read(content) == Found()

    def test_a_name_decides_nothing(self, extraction: Extraction, tmp_path: Path) -> None:
        path = tmp_path / "table.xlsx"
        path.write_bytes(files.pdf(["a PDF under another name"]))
        assert extraction.read(path).text == "a PDF under another name"

    def test_owners_may_forbid_changes_not_reading(self, read: Read) -> None:
        assert read(files.locked_pdf("open to readers", owner="secret")).text == "open to readers"


@pytest.mark.parametrize(
    ("content", "failure"),
    [
        (files.locked_pdf("locked", owner="secret", reader="secret"), TextFailure.ENCRYPTED),
        (COMPOUND + "EncryptedPackage".encode("utf-16-le"), TextFailure.ENCRYPTED),
        (COMPOUND, TextFailure.UNSUPPORTED),
        (files.package(**{"readme.txt": "an archive"}), TextFailure.UNSUPPORTED),
        (b"ISO-10303-21;\nHEADER;\n" + b"#1=CARTESIAN_POINT('',(0.,0.,0.));\n" * 99, TextFailure.UNSUPPORTED),
        (b"  0\r\nSECTION\r\n  2\r\nHEADER\r\n", TextFailure.UNSUPPORTED),
        (b"\x7fELF" + bytes(range(256)), TextFailure.UNSUPPORTED),
        (files.pdf(["cut"])[:300], TextFailure.DAMAGED),
        (files.document("cut")[:3000], TextFailure.DAMAGED),
        (files.workbook("cut", [["cut"]])[:2000], TextFailure.DAMAGED),
        (files.open_text("cut")[:1000], TextFailure.DAMAGED),
        (files.office(files.word("<w:p>")), TextFailure.DAMAGED),
        (b"%PDF-1.7\n" + b"[" * 100_000, TextFailure.DAMAGED),
        (files.office(LAUGHS + ENTITY), TextFailure.DAMAGED),
        (files.office(OUTER + ENTITY), TextFailure.DAMAGED),
        (files.office(bytes(600 * 1024 * 1024)), TextFailure.TOO_LARGE),
        (
            files.office(bytes(600 * 1024 * 1024), role="spreadsheetml.sheet.main+xml"),
            TextFailure.TOO_LARGE,
        ),
    ],
    ids=[
        *("locked PDF", "locked Office file", "old Office file", "archive", "STEP", "DXF", "program"),
        *("cut PDF", "cut DOCX", "cut XLSX", "cut ODT", "unclosed XML", "nested PDF"),
        *("entities", "outer entity", "zip bomb", "zip bomb as workbook"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_why(read: Read, content: bytes, failure: TextFailure) -> None:
    found = read(content)
    assert (found.failure, found.text) == (failure, "")


def test_deep_nesting_is_read_like_any_other(read: Read) -> None:
    deep = 200_000
    body = "<w:p>" * deep + "<w:t>deep</w:t>" + "</w:p>" * deep
    assert read(files.office(files.word(body))).text == "deep"


@pytest.mark.slow
class TestHostileFiles:
    @pytest.mark.parametrize(
        ("reader", "failure"),
        [
            ("hang", TextFailure.TOO_LONG),
            ("hang_stubbornly", TextFailure.TOO_LONG),
            ("spin", TextFailure.TOO_LONG),
            ("crash", TextFailure.CRASHED),
            ("give_up", TextFailure.CRASHED),
            ("take_all_down", TextFailure.CRASHED),
            ("fill_the_disk", TextFailure.DAMAGED),
            ("take_all_memory", TextFailure.TOO_MUCH_MEMORY),
            ("is_not_there", TextFailure.DAMAGED),
        ],
    )
    def test_the_next_file_is_read_all_the_same(
        self,
        settings: Any,
        monkeypatch: pytest.MonkeyPatch,
        tmp_path: Path,
        reader: str,
        failure: TextFailure,
    ) -> None:
        monkeypatch.setattr("search.documents.extraction.GRACE", 1)
        settings.DOCUMENT_SECONDS = 2
        settings.DOCUMENT_MEMORY = 200 * 1024 * 1024
        settings.DOCUMENT_READERS = {**settings.DOCUMENT_READERS, "rich_text": HOSTILE + reader}
        bad, good = tmp_path / "bad", tmp_path / "good"
        bad.write_bytes(b"{\\rtf1 bad}")
        good.write_bytes(b"good")
        started = time.monotonic()
        with Extraction() as extraction:
            assert extraction.read(bad).failure == failure
            assert extraction.read(good) == Found("good")
            assert extraction.read(bad).failure == failure
        assert time.monotonic() - started < 20
        assert not [
            process for process in psutil.process_iter(["cmdline"])
            if str(extraction.folder) in " ".join(process.info["cmdline"] or [])
        ]  # fmt: skip

    def test_a_worker_that_is_killed_leaves_nobody_behind(self, tmp_path: Path) -> None:
        bad = tmp_path / "bad"
        bad.write_bytes(b"{\\rtf1 bad}")
        scratch = tmp_path / "scratch"
        scratch.mkdir()
        worker = subprocess.Popen(
            [sys.executable, "-c", WORKER, str(bad)],
            env={**os.environ, "TMPDIR": str(scratch)},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert worker.stdout is not None
        reader = psutil.Process(int(worker.stdout.readline()))
        family = [reader, *reader.children()]
        worker.kill()
        worker.communicate()
        _gone, alive = psutil.wait_procs(family, timeout=10)
        assert alive == []
        assert list(scratch.glob("guildhall-documents-*")) == []

    def test_a_long_text_is_cut(self, settings: Any, read: Read) -> None:
        settings.DOCUMENT_CHARACTERS = 1000
        settings.DOCUMENT_READERS = {"plain": HOSTILE + "talk_for_ever"}
        found = read(b"text")
        assert found.is_cut
        assert found.text == ("word " * 200)

    def test_what_was_read_in_time_is_kept(self, settings: Any, read: Read) -> None:
        settings.DOCUMENT_SECONDS = 2
        settings.DOCUMENT_READERS = {"plain": HOSTILE + "talk_slowly"}
        found = read(b"text")
        assert found.is_cut
        assert 5 < found.text.count("word") < 25

    def test_a_kind_without_reader(self, settings: Any, read: Read) -> None:
        settings.DOCUMENT_READERS = {}
        assert read(b"text").failure == TextFailure.UNSUPPORTED

    def test_the_reading_process_knows_no_secrets(
        self, settings: Any, monkeypatch: pytest.MonkeyPatch, read: Read
    ) -> None:
        monkeypatch.setenv("SECRET_KEY", "secret")
        settings.DOCUMENT_READERS = {"plain": HOSTILE + "tell_what_is_known"}
        known = set(read(b"text").text.split())
        assert {"LANG", "PATH"} <= known <= {"LANG", "PATH", "LC_CTYPE"}


@pytest.mark.slow
class TestBigFiles:
    """Within 200 MB, of which the programs themselves take a third."""

    @pytest.fixture(autouse=True)
    def little(self, settings: Any) -> None:
        settings.DOCUMENT_MEMORY = 200 * 1024 * 1024

    def test_a_workbook_of_many_rows(self, read: Read) -> None:
        found = read(files.workbook("Long", ([number, f"row {number % 100}"] for number in range(100_000))))
        assert (found.failure, found.is_cut) == ("", True)
        assert len(found.text) == 500_000

    def test_a_text_of_sixty_megabytes(self, read: Read) -> None:
        body = "<w:p><w:r><w:rPr/><w:t>The same again.</w:t></w:r></w:p>" * 1_000_000
        found = read(files.office(files.word(body)))
        assert (found.failure, found.is_cut) == ("", True)

    def test_a_pdf_of_many_pages(self, read: Read) -> None:
        found = read(files.pdf(*([f"page {number}"] for number in range(1500))))
        assert found.failure == ""
        assert "page 1499" in found.text
