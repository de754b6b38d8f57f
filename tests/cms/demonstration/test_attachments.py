from io import BytesIO
from zipfile import ZipFile

import docx
import openpyxl
import pytest

from cms.demonstration import attachments, source
from cms.demonstration.attachments.outline import Outline

DEMONSTRATION = source.read()
ENTERPRISES = {enterprise.id: enterprise.name for enterprise in DEMONSTRATION.enterprises}


def outline_of(name: str, language: str | None = None) -> Outline:
    for entry in DEMONSTRATION.entries:
        for attachment in entry.attachments:
            if attachment.name == name and language in {None, entry.language}:
                return attachments.outline(
                    attachment,
                    entry,
                    enterprise=ENTERPRISES[entry.enterprise],
                    person_name=lambda person_id: DEMONSTRATION.people_by_id[person_id].name,
                )
    raise AssertionError(name)


def test_every_type_that_occurs_can_be_made() -> None:
    endings = {
        attachment.name.rpartition(".")[2]
        for entry in DEMONSTRATION.entries
        for attachment in entry.attachments
    }
    assert endings == set(attachments.BUILDERS)


@pytest.mark.parametrize(
    "name",
    [
        "alignment-tolerances.xlsx",
        "changeover-checklist-casings.docx",
        "isolation-plan-R204.pdf",
        "top10-query.sql",
    ],
)
def test_a_file_is_the_same_each_time(name: str) -> None:
    outline = outline_of(name)
    assert attachments.build(outline) == attachments.build(outline)


def test_a_workbook_holds_the_tables_of_its_entry() -> None:
    book = openpyxl.load_workbook(BytesIO(attachments.build(outline_of("alignment-tolerances.xlsx"))))
    sheet = book["Tolerances we work to"]
    assert [cell.value for cell in sheet[3]][:2] == ["Speed, rpm", "Offset, good"]
    assert [cell.value for cell in sheet[4]][:2] == [750, "0.09 mm"]
    assert book["Effect"]["E4"].value == '=IF(C4=0,"",D4/C4-1)'
    assert "Log" in book.sheetnames
    assert not sheet.sheet_view.rightToLeft


def test_hebrew_sheets_run_from_right_to_left() -> None:
    book = openpyxl.load_workbook(BytesIO(attachments.build(outline_of("load-points.xlsx"))))
    assert all(sheet.sheet_view.rightToLeft for sheet in book.worksheets)


@pytest.mark.parametrize("entry", DEMONSTRATION.entries, ids=lambda entry: f"{entry.slug}.{entry.language}")
def test_every_workbook_opens(entry: source.Entry) -> None:
    for attachment in entry.attachments:
        if attachment.name.endswith(".xlsx") and entry.is_original:
            book = openpyxl.load_workbook(
                BytesIO(attachments.build(outline_of(attachment.name, entry.language)))
            )
            assert book.worksheets[0]["A1"].value == attachment.description


def test_a_form_has_its_checklist_and_room_for_signatures() -> None:
    outline = outline_of("changeover-checklist-casings.docx")
    document = docx.Document(BytesIO(attachments.build(outline)))
    assert document.paragraphs[0].text == outline.title
    checklist = document.tables[1]
    assert len(checklist.rows) == len(outline.checklist.items) + 1
    assert [cell.text for cell in checklist.rows[0].cells] == ["No.", "Step", "Done", "Signature"]
    assert outline.checklist.items[0] in checklist.rows[1].cells[1].text


def test_a_hebrew_form_is_turned() -> None:
    data = attachments.build(outline_of("volunteer-agreement-he.docx"))
    xml = ZipFile(BytesIO(data)).read("word/document.xml").decode()
    assert xml.count("<w:bidi/>") == xml.count("<w:p>")
    assert "<w:bidiVisual/>" in xml
    assert "<w:rtl/>" in xml


@pytest.mark.slow
@pytest.mark.parametrize("name", ["access-review-form.pdf", "karta-uchenika.pdf", "alignment-card-A6.pdf"])
def test_a_leaflet_is_a_small_pdf_with_its_font_inside(name: str) -> None:
    data = attachments.build(outline_of(name))
    assert data.startswith(b"%PDF-")
    assert b"/FontFile2" in data
    assert len(data) < 60_000


def test_a_table_for_machines_is_csv() -> None:
    outline = outline_of("routing-table-v14.csv")
    text = attachments.build(outline).decode("utf-8-sig")
    assert text.splitlines()[0].split(",")[0] == outline.tables[0].columns[0]
    assert len(text.splitlines()) > len(outline.tables[0].rows)


def test_a_query_says_what_it_is_for() -> None:
    text = attachments.build(outline_of("alarm-top20-query.sql")).decode()
    assert "-- Query on the event journal" in text
    assert "FETCH FIRST 20 ROWS ONLY" in text


def test_an_unknown_type_is_told() -> None:
    entry = DEMONSTRATION.entries[0]
    outline = attachments.outline(
        source.Attachment("film.mov", "A film"), entry, enterprise="Aurora", person_name=str
    )
    with pytest.raises(attachments.UnknownFileType, match=r"film\.mov"):
        attachments.build(outline)
