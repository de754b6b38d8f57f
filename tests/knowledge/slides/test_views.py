"""Presenting over HTTP: the page, its speaker view, the PDF, and the preview of a draft."""

import io
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image, ImageFile
from pypdf import PdfReader

from knowledge.slides import pdf
from people import models
from people.choices import Access
from people.services import communities
from tests import world as worlds

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(world: worlds.World) -> str:
    return f"/entries/{world.entries['workshop-open'].key}/slides/"


def fill(world: worlds.World, body: list[Any]) -> None:
    page = world.entries["workshop-open"].pages.get().specific
    page.body = body
    page.save_revision().publish()


class TestPage:
    def test_the_entry_leads_to_it(self, world: worlds.World, sign_in: Any, address: str) -> None:
        client = sign_in(world.employee)
        assert (
            f'href="{address}en/"' in client.get("/en/communities/workshop/workshop-open/").content.decode()
        )
        assert client.get(address).headers["Location"] == f"{address}en/"

    def test_shows_title_words_and_the_way_back(
        self, world: worlds.World, sign_in: Any, address: str
    ) -> None:
        html = sign_in(world.employee).get(f"{address}en/").content.decode()
        assert "<h1>Title of workshop-open</h1>" in html
        assert "<p>Body of workshop-open</p>" in html
        assert "/en/communities/workshop/workshop-open/" in html

    def test_a_language_it_is_not_in(self, world: worlds.World, sign_in: Any, address: str) -> None:
        assert sign_in(world.employee).get(f"{address}he/").status_code == 404
        assert sign_in(world.employee).get(f"{address}xx/").status_code == 404

    def test_hostile_words_stay_words(self, world: worlds.World, sign_in: Any, address: str) -> None:
        bad = "<script>alert(1)</script>"
        fill(
            world,
            [
                ("heading", {"text": bad, "level": "h2"}),
                ("slide", {"follows": "begin", "title": bad, "notes": bad}),
                ("text", f"<p>{bad}<img src=x onerror=alert(1)></p>"),
                ("steps", {"items": [{"title": bad, "text": f"<p>{bad}</p>"}]}),
            ],
        )
        html = sign_in(world.employee).get(f"{address}en/").content.decode()
        assert "<script>alert" not in html
        assert "onerror" not in html

    def test_the_speaker_sees_notes_and_time(self, world: worlds.World, sign_in: Any, address: str) -> None:
        fill(
            world,
            [("slide", {"follows": "begin", "title": "", "notes": "Breathe."}), ("text", "<p>Words</p>")],
        )
        html = sign_in(world.employee).get(f"{address}en/?view=speaker").content.decode()
        assert "data-timer" in html
        assert "<p>Breathe.</p>" in html

    def test_numbers_of_a_table_run_from_left_to_right_as_in_the_entry(
        self, world: worlds.World, sign_in: Any, address: str
    ) -> None:
        columns = [{"type": "text", "heading": "Caps"}, {"type": "text", "heading": "Station"}]
        table = {"columns": columns, "rows": [{"values": ["<p>Violet</p>", "<p>1–2</p>"]}], "caption": ""}
        fill(world, [("table", {"caption": "", "table": table})])
        html = sign_in(world.employee).get(f"{address}en/").content.decode()
        assert '<td class="num" dir="ltr"><p>1–2</p></td>' in html


@pytest.mark.slow
class TestWidePicture:
    """A drawing 10 000 px wide: what slides show of it is bounded, in the browser and on paper."""

    WIDTHS = (720, 1440)

    @pytest.fixture(autouse=True)
    def drawing(self, world: worlds.World) -> None:
        stream = io.BytesIO()
        Image.new("RGB", (10_000, 400), "teal").save(stream, "PNG")
        drawing = models.Image.objects.create(
            title="The whole line",
            file=ContentFile(stream.getvalue(), "line.png"),
            collection=communities.collection_for(world.open, Access.OPEN),
        )
        fill(world, [("image", {"image": drawing, "alt_text": "From the coil to the press"})])
        assert (drawing.width, drawing.height) == (10_000, 400)

    def test_is_shown_in_bounded_sizes_with_the_space_that_it_takes(
        self, sign_in: Any, world: worlds.World, address: str
    ) -> None:
        client = sign_in(world.employee)
        page = BeautifulSoup(client.get(f"{address}en/").content, "html.parser")
        (shown,) = page.select("section.picture .content img")
        assert (shown["width"], shown["height"], shown["alt"]) == ("720", "28", "From the coil to the press")
        assert served(client, shown["src"]) == (720, 28)
        sources = page.select("section.picture source")
        assert [source["type"] for source in sources] == ["image/avif", "image/webp"]
        for source in sources:
            offered = [size.split(" ") for size in str(source["srcset"]).split(", ")]
            assert [width for _, width in offered] == [f"{width}w" for width in self.WIDTHS]
            assert [served(client, url)[0] for url, _ in offered] == list(self.WIDTHS)
        assert "/files/originals/" not in str(page)

    @pytest.mark.skipif(not pdf.is_possible(), reason="Pango is not on this machine")
    def test_is_no_wider_on_paper(self, sign_in: Any, world: worlds.World, address: str) -> None:
        found = PdfReader(io.BytesIO(sign_in(world.employee).get(f"{address}en/pdf/").content))
        (printed,) = found.pages[1].images
        assert Image.open(io.BytesIO(printed.data)).width == max(self.WIDTHS)


def served(client: Client, url: Any) -> tuple[int, int]:
    """The pixels of the file at an address, whatever a page says of it."""
    answer: Any = client.get(str(url))
    return Image.open(io.BytesIO(b"".join(answer.streaming_content))).size


class TestPreview:
    def test_an_editor_sees_a_draft_as_slides(self, world: worlds.World, sign_in: Any) -> None:
        page = world.entries["workshop-open"].pages.get().specific
        page.body = [("text", "<p>Words of the draft</p>")]
        page.save_revision()
        modes = dict(page.preview_modes)
        assert set(modes) == {"", "slides"}
        response = page.make_preview_request(
            original_request=_request_of(sign_in(world.curator), world), preview_mode="slides"
        )
        assert "Words of the draft" in response.render().content.decode()
        assert 'class="slides"' in response.content.decode()


def _request_of(client: Client, world: worlds.World) -> Any:
    request = client.get("/").wsgi_request
    request.user = world.curator
    return request


@pytest.mark.skipif(not pdf.is_possible(), reason="Pango is not on this machine, and PDFs are not offered")
@pytest.mark.slow
class TestPdf:
    def test_has_a_page_a_slide_with_its_words(self, world: worlds.World, sign_in: Any, address: str) -> None:
        picture = worlds.picture("shown", world.open)
        fill(
            world,
            [
                ("heading", {"text": "What we saw", "level": "h2"}),
                ("text", "<p>Cracks at the weld</p>"),
                ("image", {"image": picture, "caption": "The weld"}),
            ],
        )
        answer = sign_in(world.employee).get(f"{address}en/pdf/")
        assert answer["Content-Type"] == "application/pdf"
        found = PdfReader(io.BytesIO(answer.content))
        texts = [page.extract_text() for page in found.pages]
        assert len(texts) == 4
        assert "Title of workshop-open" in texts[0]
        assert "Cracks at the weld" in texts[1]
        assert "The weld" in texts[2]
        assert [Image.open(io.BytesIO(image.data)).format for image in found.pages[2].images] == ["JPEG"]
        assert found.metadata is not None
        assert found.metadata.title == "Title of workshop-open"
        assert [each.title for each in found.outline][1] == "What we saw"

    def test_of_many_slides_is_one_file_all_the_same(
        self, world: worlds.World, sign_in: Any, address: str
    ) -> None:
        fill(world, [("heading", {"text": f"Step {number}", "level": "h2"}) for number in range(45)])
        found = PdfReader(io.BytesIO(sign_in(world.employee).get(f"{address}en/pdf/").content))
        steps = [each.title for each in found.outline if each.title.startswith("Step")]
        assert steps == [f"Step {number}" for number in range(45)]
        assert found.metadata is not None
        assert found.metadata.title == "Title of workshop-open"

    @pytest.mark.parametrize(
        ("word", "scripts"),
        [
            ("Weld", {"Latin"}),
            ("Łódź", {"Latin", "Latin Extended"}),
            ("Шов", {"Latin", "Cyrillic"}),
            ("ריתוך", {"Latin", "Hebrew"}),
        ],
    )
    def test_only_fonts_of_letters_on_the_slides_are_opened(
        self, word: str, scripts: set[str], monkeypatch: Any
    ) -> None:
        monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", False)
        from knowledge.slides.press import with_faces_for

        style = finders.find("dist/slides_pdf.css")
        css = with_faces_for(f"<h2>{word}</h2>", Path(str(style)).read_text())
        assert set(re.findall(r'font-family: ?"?Rubik ([\w ]+?)"?;[^}]*src', css)) == scripts
        assert "@page" in css
        assert "unicode-range" not in css

    def test_a_sign_that_none_of_our_fonts_has_is_taken_from_another(
        self, world: worlds.World, sign_in: Any, address: str
    ) -> None:
        fill(world, [("text", "<p>5 ‰ in 12′ 30″ ↑ co‑op</p>")])
        found = PdfReader(io.BytesIO(sign_in(world.employee).get(f"{address}en/pdf/").content))
        fonts: Any = found.pages[1]["/Resources"]
        names = [font.get_object()["/BaseFont"] for font in fonts["/Font"].values()]
        assert any("Rubik" not in name for name in names), names
        assert "5 ‰ in 12′ 30″" in found.pages[1].extract_text()

    def test_begins_on_the_side_where_one_begins_to_read(self, world: worlds.World, sign_in: Any) -> None:
        body = [("text", "<p>T = 80 °C.</p>")]
        worlds.entry("english", world.open, world.lead, body=body)
        worlds.entry("hebrew", world.open, world.lead, language="he", body=body)
        edges = {}
        for slug, language in (("english", "en"), ("hebrew", "he")):
            place = f"/entries/{world.open.entries.get(slug=slug).key}/slides/{language}/pdf/"
            found = PdfReader(io.BytesIO(sign_in(world.employee).get(place).content)).pages[1]
            written: list[float] = []

            def take(text: str, outer: Any, inner: Any, *_font: Any, into: list[float] = written) -> None:
                if text.strip():
                    into.append(inner[4] * outer[0] + outer[4])

            found.extract_text(visitor_text=take)
            edges[language] = min(written) / float(found.mediabox.width)
        assert edges["en"] < 0.2 < 0.5 < edges["he"]

    def test_one_broken_picture_is_left_out_alone(
        self, world: worlds.World, sign_in: Any, address: str, monkeypatch: Any
    ) -> None:
        put_pictures = pdf._put_pictures

        def broken(soup: Any, folder: Path) -> None:
            put_pictures(soup, folder)
            for picture in folder.glob("picture-*"):
                picture.write_bytes(b"RIFF, and then nothing")

        monkeypatch.setattr(pdf, "_put_pictures", broken)
        fill(world, [("image", {"image": worlds.picture("shown", world.open), "caption": "The weld"})])
        found = PdfReader(io.BytesIO(sign_in(world.employee).get(f"{address}en/pdf/").content))
        assert "The weld" in found.pages[1].extract_text()
        assert len(found.pages[1].images) == 0

    def test_what_the_reader_may_not_see_is_not_in_it(
        self, world: worlds.World, sign_in: Any, address: str
    ) -> None:
        secret = worlds.picture("secret", world.closed, Access.CLOSED)
        fill(world, [("image", {"image": secret, "caption": "secret-caption"}), ("text", "<p>Words</p>")])
        found = PdfReader(io.BytesIO(sign_in(world.employee).get(f"{address}en/pdf/").content))
        assert len(found.pages) == 3
        assert not any("secret" in page.extract_text() for page in found.pages)

    def test_a_slide_that_runs_over_is_set_smaller(
        self, world: worlds.World, sign_in: Any, address: str
    ) -> None:
        rows = [{"values": ["<p>" + "a long cell of many words " * 5 + "</p>"] * 2} for _row in range(8)]
        columns = [{"type": "text", "heading": "A"}, {"type": "text", "heading": "B"}]
        fill(world, [("table", {"caption": "", "table": {"columns": columns, "rows": rows, "caption": ""}})])
        found = PdfReader(io.BytesIO(sign_in(world.employee).get(f"{address}en/pdf/").content))
        assert len(found.pages) == 3

    def test_reaches_for_nothing_outside(self, tmp_path: Any, monkeypatch: Any) -> None:
        # WeasyPrint makes Pillow take broken pictures, which later tests must find refused.
        monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", False)
        from knowledge.slides.press import FolderFetcher

        (tmp_path / "in").mkdir()
        (tmp_path / "in" / "a.png").write_bytes(b"a")
        (tmp_path / "b.png").write_bytes(b"b")
        fetcher = FolderFetcher(tmp_path / "in")
        fetcher.fetch((tmp_path / "in" / "a.png").as_uri())
        for address in ("file:///etc/passwd", (tmp_path / "b.png").as_uri(), "http://127.0.0.1/x.png"):
            with pytest.raises(ValueError, match="not among the files"):
                fetcher.fetch(address)

    def test_one_that_fails_is_said_and_nothing_is_lost(
        self, world: worlds.World, sign_in: Any, address: str, monkeypatch: Any
    ) -> None:
        def stuck(*arguments: Any, **options: Any) -> None:
            raise subprocess.TimeoutExpired("press", 60)

        monkeypatch.setattr(pdf.subprocess, "run", stuck)
        answer = sign_in(world.employee).get(f"{address}en/pdf/", follow=True)
        assert "The PDF could not be made." in answer.content.decode()
        assert answer.request["PATH_INFO"] == "/en/communities/workshop/workshop-open/"

    def test_one_person_makes_so_many_an_hour(
        self, world: worlds.World, sign_in: Any, address: str, settings: Any, monkeypatch: Any
    ) -> None:
        settings.RATE_LIMITS = {**settings.RATE_LIMITS, "pdf": "1/hour"}
        monkeypatch.setattr(pdf, "made", lambda context: b"%PDF")
        client = sign_in(world.employee)
        assert client.get(f"{address}en/pdf/").status_code == 200
        assert "too often" in client.get(f"{address}en/pdf/", follow=True).content.decode()


def test_without_the_libraries_no_pdf_is_offered(
    world: worlds.World, sign_in: Any, address: str, monkeypatch: Any
) -> None:
    monkeypatch.setattr(pdf, "is_possible", lambda: False)
    client = sign_in(world.employee)
    assert "/pdf/" not in client.get(f"{address}en/").content.decode()
    assert client.get(f"{address}en/pdf/").status_code == 404
