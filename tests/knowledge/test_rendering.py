"""Bodies as HTML and JSON: every block, and nothing of what the reader may not see."""

from decimal import Decimal
from typing import Any

import pytest
from django.template.loader import get_template
from django.utils import translation

from knowledge import rendering, rendering_json
from knowledge.blocks.body import EntryBodyBlock
from knowledge.models import EntryPage
from knowledge.templatetags.article import is_number
from people.choices import Access
from people.models import Image
from tests import world as worlds

pytestmark = pytest.mark.django_db


def page_of(entry: Any, body: list[Any]) -> EntryPage:
    page = entry.pages.get().specific
    page.body = body
    page.save_revision().publish()
    return EntryPage.objects.select_related("locale").get(pk=page.pk)


TABLE = {
    "columns": [{"type": "text", "heading": "Speed"}, {"type": "text", "heading": "Limit"}],
    "rows": [{"values": ["<p>750</p>", "<p>0.19</p>"]}],
    "caption": "",
}


class TestBlocks:
    def test_every_block_has_its_template_and_a_preview(self) -> None:
        for name, block in EntryBodyBlock().child_blocks.items():
            get_template(f"knowledge/blocks/{name}.html")
            assert block.is_previewable, name
            assert block.get_description(), name

    def test_words(self, world: worlds.World) -> None:
        page = page_of(
            world.entries["workshop-open"],
            [
                ("heading", {"text": "What we saw", "level": "h2"}),
                ("heading", {"text": "What we saw", "level": "h3"}),
                ("text", "<p>One <b>two</b></p>"),
                ("quote", {"text": "<p>Never</p>", "attribution": "A fitter"}),
                ("callout", {"kind": "warning", "title": "", "text": "<p>Hot</p>"}),
                ("steps", {"items": [{"title": "Clean.", "text": "<p>The feet</p>"}]}),
            ],
        )
        html = rendering.body_html(page, world.viewer("employee"))
        assert '<h2 id="what-we-saw">' in html
        assert '<h3 id="what-we-saw-2">' in html
        assert "<b>two</b>" in html
        assert "<blockquote><p>Never</p></blockquote><figcaption>A fitter" in html
        assert "<span>Warning</span>" in html
        assert '<span class="step-title">Clean.</span><p>The feet</p></li></ol>' in html
        headings = rendering.article(page).contents
        assert [(heading.id, heading.level) for heading in headings] == [
            ("what-we-saw", "h2"),
            ("what-we-saw-2", "h3"),
        ]

    def test_figures_and_tables(self, world: worlds.World) -> None:
        measure = {"measure": "Stops", "unit": "a quarter", "before": Decimal("14.50"), "after": Decimal(5)}
        page = page_of(
            world.entries["workshop-open"],
            [
                ("figures", {"items": [measure], "caption": "Stops"}),
                ("table", {"caption": "Limits", "table": TABLE}),
            ],
        )
        html = rendering.body_html(page, world.viewer("employee"))
        assert "<bdi>14.5</bdi></s>" in html
        assert "<bdi>5</bdi></b>" in html
        assert '<th scope="col">Speed</th>' in html
        assert '<th scope="row"><p>750</p></th>' in html
        assert '<td class="num" dir="ltr"><p>0.19</p></td>' in html
        assert 'aria-label="Limits"' in html

    def test_labels_speak_the_language_of_the_text(self, world: worlds.World) -> None:
        entry = worlds.entry("rule", world.open, world.lead, language="ru")
        page = page_of(entry, [("callout", {"kind": "warning", "title": "", "text": "<p>!</p>"})])
        with translation.override("en"):
            html = rendering.body_html(page, world.viewer("employee"))
        with translation.override("ru"):
            assert translation.gettext("Warning") in html

    def test_picture_in_two_formats(self, world: worlds.World) -> None:
        image = worlds.picture("gauge", world.open)
        page = page_of(
            world.entries["workshop-open"],
            [("image", {"image": image, "alt_text": 'A "gauge"', "caption": "Dial", "credit": "Me"})],
        )
        html = rendering.body_html(page, world.viewer("employee"))
        assert '<source type="image/avif" srcset="/files/pictures/' in html
        assert '<source type="image/webp"' in html
        assert 'alt="A &quot;gauge&quot;" width="64" height="48"' in html
        assert "Dial" in html

    def test_film_has_a_name(self, world: worlds.World) -> None:
        embed = {"embed": "https://www.youtube.com/watch?v=aaaaaaaaaaa", "caption": "How to <align>"}
        page = page_of(world.entries["workshop-open"], [("embed", embed)])
        html = rendering.body_html(page, world.viewer("employee"))
        assert '<iframe title="How to &lt;align&gt;" src="https://www.youtube-nocookie.com/embed/' in html


class TestCleaning:
    @pytest.mark.parametrize(
        "hostile",
        [
            "<p>x<script>alert(1)</script></p>",
            '<p><a href="javascript:alert(1)">x</a></p>',
            '<p onclick="alert(1)">x</p>',
            "<p>x<img src=x onerror=alert(1)></p>",
            '<p><a href="data:text/html,alert">x</a></p>',
            "<p><svg/onload=alert(1)>x</p>",
        ],
    )
    def test_nothing_runs(self, world: worlds.World, hostile: str) -> None:
        page = page_of(world.entries["workshop-open"], [("text", hostile)])
        html = rendering.body_html(page, world.viewer("employee"))
        for trace in ("<script", "javascript:", "onclick", "onerror", "onload", "data:text"):
            assert trace not in html
        assert "x" in html

    def test_outside_links_do_not_tell_where_they_come_from(self, world: worlds.World) -> None:
        page = page_of(
            world.entries["workshop-open"],
            [("text", '<p><a href="https://example.org/?a=1&amp;b=2">x</a> <a href="/catalogue/">y</a></p>')],
        )
        html = rendering.body_html(page, world.viewer("employee"))
        assert '<a href="https://example.org/?a=1&amp;b=2" rel="noopener noreferrer">x</a>' in html
        assert '<a href="/catalogue/">y</a>' in html

    def test_a_text_cannot_pretend_to_hold_a_mark(self, world: worlds.World) -> None:
        page = page_of(world.entries["workshop-open"], [("text", "<p>a<!--0123456789abcdef 0-->b</p>")])
        assert "<p>ab</p>" in rendering.body_html(page, world.viewer("employee"))


class TestReaders:
    @pytest.fixture
    def named(self, world: worlds.World) -> EntryPage:
        secret = world.entries["boardroom-open"].pages.get()
        image = worlds.picture("secret-picture", world.closed)
        document = worlds.document("secret-document", world.closed)
        return page_of(
            world.entries["workshop-open"],
            [
                ("text", f'<p>See <a linktype="page" id="{secret.pk}">that <b>entry</b></a>.</p>'),
                ("text", f'<p>Get <a linktype="document" id="{document.pk}">the file</a>.</p>'),
                (
                    "image",
                    {"image": image, "alt_text": "secret-alt", "caption": "secret-caption", "credit": ""},
                ),
                ("gallery", {"items": [{"image": image, "caption": "secret-gallery"}] * 2}),
                ("document", {"document": document, "description": "secret-description"}),
                ("related", {"caption": "secret-heading", "entries": [secret]}),
                ("people", {"caption": "Ask", "people": [world.lead]}),
            ],
        )

    def test_who_may_not_see_gets_no_trace(self, world: worlds.World, named: EntryPage) -> None:
        rendering.body_html(named, world.viewer("member"))  # warms the cache as somebody who sees all
        html = rendering.body_html(named, world.viewer("employee"))
        assert "See that <b>entry</b>." in html
        assert "Get the file." in html
        assert "Lena Lead" in html
        for trace in ("secret", "boardroom", "/documents/", "/files/"):
            assert trace not in html

    def test_who_may_see_gets_all(self, world: worlds.World, named: EntryPage) -> None:
        html = rendering.body_html(named, world.viewer("member"))
        assert '<a href="/en/communities/boardroom/boardroom-open/">that <b>entry</b></a>' in html
        assert html.count("<picture>") == 3
        for shown in (
            "secret-alt",
            "secret-gallery",
            "secret-description",
            "secret-heading",
            "Title of boardroom",
        ):
            assert shown in html

    def test_json_says_the_same(self, world: worlds.World, named: EntryPage) -> None:
        outsider = rendering_json.body_json(named, world.viewer("employee"))
        assert [block["type"] for block in outsider] == ["text", "text", "people"]
        assert outsider[0]["value"] == "<p>See that <b>entry</b>.</p>"
        for trace in ("secret", "boardroom", "/documents/", "/files/"):
            assert trace not in str(outsider)
        insider = rendering_json.body_json(named, world.viewer("member"))
        assert [block["type"] for block in insider] == [
            *("text", "text", "image", "gallery", "document", "related", "people")
        ]
        assert insider[2]["value"]["image"]["renditions"]

    def test_an_entry_withdrawn_later_is_no_link_any_more(
        self, world: worlds.World, named: EntryPage
    ) -> None:
        assert "<a href" in rendering.body_html(named, world.viewer("member"))
        world.entries["boardroom-open"].pages.get().specific.unpublish()
        html = rendering.body_html(named, world.viewer("member"))
        assert "See that <b>entry</b>." in html
        assert "secret-heading" not in html

    @pytest.mark.parametrize("access", Access.values)
    def test_a_community_is_linked_for_those_who_may_know_it(self, world: worlds.World, access: str) -> None:
        where = {"open": world.open, "closed": world.closed, "classified": world.classified}[access]
        target = where.pages.get(locale__language_code="en")
        page = page_of(
            world.entries["workshop-open"],
            [("text", f'<p><a linktype="page" id="{target.pk}">there</a></p>')],
        )
        html = rendering.body_html(page, world.viewer("employee"))
        assert (f'href="/communities/{where.slug}/"' in html) == (access != Access.CLASSIFIED)


class TestCost:
    @pytest.mark.slow
    def test_a_body_seen_before_asks_once_a_sort_of_thing(
        self, world: worlds.World, django_assert_max_num_queries: Any
    ) -> None:
        pictures = [worlds.picture(f"picture-{number}", world.open) for number in range(6)]
        documents = [worlds.document(f"document-{number}", world.open) for number in range(6)]
        pages = [worlds.entry(f"more-{number}", world.open, world.lead).pages.get() for number in range(6)]
        body = [("image", {"image": picture}) for picture in pictures]
        body += [("document", {"document": document}) for document in documents]
        body += [("text", f'<p><a linktype="page" id="{page.pk}">x</a></p>') for page in pages]
        page = page_of(world.entries["workshop-open"], body)
        viewer = world.viewer("employee")
        rendering.body_html(page, viewer)
        with django_assert_max_num_queries(2):
            rendering.body_html(page, viewer)

    def test_a_change_is_seen_at_once(self, world: worlds.World) -> None:
        entry = world.entries["workshop-open"]
        assert "first" in rendering.body_html(
            page_of(entry, [("text", "<p>first</p>")]), world.viewer("employee")
        )
        assert "second" in rendering.body_html(
            page_of(entry, [("text", "<p>second</p>")]), world.viewer("employee")
        )


def test_a_size_keeps_its_unit_in_a_hebrew_page(world: worlds.World) -> None:
    file = worlds.document("plan", world.open)
    file.file_size = 13_926
    with translation.override("he"):
        meta = rendering.document_meta(file)
    assert meta.endswith('\u206813.6\xa0ק"ב\u2069')


class TestEnlarging:
    def test_leads_to_a_bounded_size_and_to_the_upload_where_that_is_larger(
        self, world: worlds.World
    ) -> None:
        picture = worlds.picture("wide", world.open)
        body = [("image", {"image": picture, "alt_text": 'The "gap"'})]
        page = page_of(world.entries["workshop-open"], body)
        html = rendering.body_html(page, world.viewer("employee"))
        assert '<a class="enlarges" href="/files/pictures/' in html
        assert 'aria-label="Enlarge: The &quot;gap&quot;"' in html
        assert 'data-original=""' in html
        Image.objects.filter(pk=picture.pk).update(width=10_000)
        html = rendering.body_html(page, world.viewer("employee"))
        assert f'data-original="/files/originals/{picture.public_id}/wide' in html

    def test_a_picture_without_words_is_named_all_the_same(self, world: worlds.World) -> None:
        body = [("image", {"image": worlds.picture("wide", world.open), "alt_text": ""})]
        page = page_of(world.entries["workshop-open"], body)
        assert 'aria-label="Enlarge the picture"' in rendering.body_html(page, world.viewer("employee"))


@pytest.mark.parametrize("text", ["0.19", "−12…+40", "&lt; 4.5", "± 0,05", "10 000", "12 %"])
def test_what_holds_figures_alone_runs_from_left_to_right(text: str) -> None:
    assert is_number(f"<p>{text}</p>")
    assert not is_number(f"<p>{text} мм</p>")
