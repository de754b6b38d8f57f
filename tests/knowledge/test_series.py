"""Dated series: read as people of five languages paste them, refused row by row, shown as a table and drawn from it."""

from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation
from wagtail.blocks.struct_block import StructBlockValidationError

from knowledge import rendering, rendering_json, series, version_diff
from knowledge.blocks.data import SeriesBlock
from knowledge.models import EntryPage
from knowledge.slides import composing
from knowledge.slides.composing import ROWS
from tests import world as worlds

MONTHS = "Month\tLine 1\tLine 2\n2026-01\t14,5\t9\n2026-02\t\t9\n2026-03\t8\t6"


def numbers(text: str) -> list[Decimal | None]:
    return [number for row in series.read(text).rows for number in row.values]


def faults(text: str) -> list[str]:
    with pytest.raises(series.Unreadable) as refused:
        series.read(text)
    return list(refused.value.faults)


class TestPeriods:
    @pytest.mark.parametrize(
        ("written", "code"),
        [
            ("2026", "2026"), ("2026 г.", "2026"), ("2026 год", "2026"),
            ("2026-03", "2026-03"), ("03.2026", "2026-03"), ("3/2026", "2026-03"), ("March 2026", "2026-03"),
            ("Mar 2026", "2026-03"), ("март 2026 г.", "2026-03"), ("марта 2026", "2026-03"),
            ("березень 2026", "2026-03"), ("березня 2026 р.", "2026-03"), ("юни 2026", "2026-06"),
            ("מרץ 2026", "2026-03"),
            ("2026-Q1", "2026-Q1"), ("Q4 2026", "2026-Q4"), ("1Q 2026", "2026-Q1"), ("1 кв. 2026", "2026-Q1"),
            ("IV кв. 2026", "2026-Q4"), ("2-й квартал 2026 года", "2026-Q2"), ("3 тримесечие 2026", "2026-Q3"),
            ("רבעון 2 2026", "2026-Q2"),
            ("2026-03-31", "2026-03-31"), ("31.03.2026", "2026-03-31"),
        ],
    )  # fmt: skip
    def test_as_people_write_them(self, written: str, code: str) -> None:
        assert [row.period.code for row in series.read(f"{written}\t1").rows] == [code]

    @pytest.mark.parametrize("wrong", ["2026-13", "2026-02-30", "Q5 2026", "9999", "sometime", "03/04/2026"])
    def test_what_is_none_is_refused(self, wrong: str) -> None:
        assert "Row 2: " in faults(f"2026\t1\n{wrong}\t1")[0]

    def test_in_the_words_of_each_language(self) -> None:
        (row,) = series.read("2026-Q1\t1").rows
        assert str(row.period) == "Q1 2026"
        (row,) = series.read("2026-03\t1").rows
        with translation.override("ru"):
            assert str(row.period).startswith("Март 2026")

    def test_rows_go_from_the_oldest(self) -> None:
        assert [row.period.code for row in series.read("2026\t1\n2024\t2").rows] == ["2024", "2026"]


class TestNumbers:
    @pytest.mark.parametrize(
        ("written", "number"),
        [
            ("14,5", "14.5"), ("14.5", "14.5"), ("1 250,5", "1250.5"), ("1\u00a0250", "1250"), ("−3", "-3"),
            ("1,250.5", "1250.5"), ("1.250,5", "1250.5"), ("1,250,000", "1250000"), ("3 %", "3"), ("0,125", "0.125"),
        ],
    )  # fmt: skip
    def test_as_people_write_them(self, written: str, number: str) -> None:
        assert numbers(f"2026\t{written}") == [Decimal(number)]

    def test_the_other_numbers_say_what_a_comma_means(self) -> None:
        assert numbers("2025\t1,250\n2026\t2.5") == [Decimal(1250), Decimal("2.5")]
        assert numbers("2025\t1,250\n2026\t2,5") == [Decimal("1.25"), Decimal("2.5")]
        assert "can mean two numbers" in faults("2025\t1,250\n2026\t2")[0]

    @pytest.mark.parametrize("wrong", ["many", "1e9", "1.2.3", "--1", "٣", "9" * 40, "nan"])
    def test_what_is_none_is_refused(self, wrong: str) -> None:
        assert faults(f"2025\t1\n2026\t{wrong}")[0].startswith("Row 2: ")

    def test_what_was_not_measured_stays_empty(self) -> None:
        assert numbers("2025\t\n2026\t1") == [None, Decimal(1)]


class TestRefuses:
    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ("", "Paste some rows"),
            ("2026\t1\t2", "names in the first row"),
            ("Month\ta\n2026-01\t1\t2", "Row 2: it has 3 cells, and 2 are needed."),
            ("2026\t1\n2026-01\t2", "not as long a period"),
            ("2026\t1\n2026\t2", "2026 comes more than once."),
            ("Month", "is no day, month, quarter or year"),
            ("Year\ta\tb\tc\td\te\tf\tg\n2026\t1\t1\t1\t1\t1\t1\t1", "1 to 6 columns"),
            (
                "\n".join(f"{1 + at % 28:02}.{1 + at % 12:02}.{1900 + at // 12}\t1" for at in range(501)),
                "at most 500",
            ),
        ],
    )
    def test_with_the_reason(self, text: str, why: str) -> None:
        assert why in faults(text)[0]

    def test_names_the_first_faults_and_counts_the_others(self) -> None:
        found = faults("2025\t1\n" + "\n".join(f"{year}\tx" for year in range(1990, 2010)))
        assert len(found) == series.MOST_FAULTS + 1
        assert found[-1] == "… and 12 more."

    def test_in_the_editor_at_its_field(self) -> None:
        block = SeriesBlock()
        with pytest.raises(StructBlockValidationError) as refused:
            block.clean(block.to_python({"caption": "Stops", "points": "2026\tx"}))
        assert "“x” is no number" in str(refused.value.block_errors["points"].messages[0])


@pytest.mark.django_db
class TestShown:
    def page(self, world: worlds.World, points: str = MONTHS, **more: Any) -> EntryPage:
        page = world.entries["workshop-open"].pages.get().specific
        page.body = [("series", {"caption": "Stops", "unit": "a month", "points": points, **more})]
        page.save_revision().publish()
        return EntryPage.objects.select_related("locale", "entry__community").get(pk=page.pk)

    def test_as_a_table_that_can_be_drawn(self, world: worlds.World) -> None:
        html = rendering.body_html(self.page(world, target=Decimal("7.5")), world.viewer("employee"))
        for shown in (
            "Stops, <bdi>a month</bdi>", '<th scope="col">Month</th>', '<th scope="col" class="num">Line 2</th>',
            '<th scope="row">January 2026</th>', 'data-value="14.5">14.5</td>', 'data-value="">–</td>',
            'data-target="7.5" data-target-label="Target: 7.5"', '<details class="chart-table" open>',
        ):  # fmt: skip
            assert shown in html
        assert "style=" not in html
        assert "<script" not in html

    def test_in_the_language_of_the_text(self, world: worlds.World) -> None:
        worlds.entry("ru", world.open, world.lead, language="ru", body=[
            ("series", {"caption": "Остановки", "unit": "", "points": "2026-01\t1234,5\n2026-02\t1"}),
        ])  # fmt: skip
        page = EntryPage.objects.select_related("locale").get(slug="ru")
        html = rendering.body_html(page, world.viewer("employee"))
        assert 'data-value="1234.5">1234,5</td>' in html
        assert "Январь 2026" in html

    def test_the_script_comes_where_there_is_one(self, world: worlds.World, sign_in: Any) -> None:
        client = sign_in(world.employee)
        address = world.entries["workshop-open"].pages.get().get_url()
        assert "series_chart" not in client.get(address).content.decode()
        self.page(world)
        assert "dist/series_chart" in client.get(address).content.decode()

    def test_hostile_words_stay_words(self, world: worlds.World) -> None:
        html = rendering.body_html(
            self.page(world, 'Month\t<script>x()</script>"\n2026\t1'), world.viewer("employee")
        )
        assert "<script" not in html
        assert "&lt;script&gt;" in html

    def test_what_cannot_be_read_is_not_shown(self, world: worlds.World) -> None:
        page = self.page(world, "nonsense")
        assert rendering.body_html(page, world.viewer("employee")).strip() == ""
        assert rendering_json.body_json(page, world.viewer("employee")) == []

    def test_for_programs(self, world: worlds.World) -> None:
        (block,) = rendering_json.body_json(self.page(world, target=Decimal("7.5")), world.viewer("employee"))
        assert block["value"] == {
            "caption": "Stops", "unit": "a month", "period": "month", "columns": ["Line 1", "Line 2"],
            "rows": [
                {"period": "2026-01", "values": ["14.5", "9"]},
                {"period": "2026-02", "values": [None, "9"]},
                {"period": "2026-03", "values": ["8", "6"]},
            ],
            "target": "7.5",
        }  # fmt: skip

    def test_on_a_slide_the_newest_rows(self, world: worlds.World) -> None:
        points = "\n".join(f"{2000 + at}\t{at}" for at in range(ROWS + 2))
        (slide,) = composing.of(self.page(world, points))
        html = "".join(part for part in slide.content if isinstance(part, str))
        assert '<th scope="row">2001</th>' not in html
        assert f'<th scope="row">{2000 + ROWS + 1}</th>' in html
        assert "2 more rows stand in the entry." in html

    def test_versions_are_compared_row_by_row(self, world: worlds.World) -> None:
        viewer = world.viewer("employee")
        before = version_diff.body_lines(self.page(world).body, "en", viewer)
        after = version_diff.body_lines(self.page(world, MONTHS.replace("8", "7")).body, "en", viewer)
        changed = [row for row in version_diff.compare(before, after) if row.kind != "same"]
        assert [(row.kind, row.after) for row in changed if row.kind == "changed"] == [
            ("changed", "March 2026 | <ins>7</ins> | 6")
        ]
