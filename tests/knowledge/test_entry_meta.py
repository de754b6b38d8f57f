"""What the page of an entry tells to programs: to those of its readers all they may know, to a visitor's nothing."""

import re
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from knowledge.models import Entry
from people.choices import Access
from tests import world as worlds

pytestmark = pytest.mark.django_db
SITE = "https://guildhall.test"
ADDRESS = "/en/communities/workshop/workshop-open/"


@pytest.fixture(autouse=True)
def site(settings: Any) -> None:
    settings.WAGTAILADMIN_BASE_URL = SITE


@pytest.fixture
def entry(world: worlds.World) -> Entry:
    return world.entries["workshop-open"]


def head(client: Client, address: str = ADDRESS) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode().partition("</head>")[0]


def told(html: str, name: str) -> str | None:
    found = re.search(rf'<meta (?:property|name)="{name}" content="([^"]*)">', html)
    return found[1] if found else None


class TestSharedBySomebodySignedIn:
    def test_title_summary_and_address(self, world: worlds.World, sign_in: Any, entry: Entry) -> None:
        html = head(sign_in(world.employee))
        assert told(html, "og:title") == "Title of workshop-open"
        assert told(html, "og:description") == told(html, "description") == "Summary of workshop-open"
        assert told(html, "og:url") == SITE + ADDRESS
        assert told(html, "twitter:card") == "summary"
        assert f'<link rel="canonical" href="{SITE}{ADDRESS}">' in html

    def test_what_editors_write_for_programs_goes_first(
        self, world: worlds.World, sign_in: Any, entry: Entry
    ) -> None:
        page = entry.pages.get().specific
        page.seo_title, page.search_description = "Short <title>", 'Short "words"'
        page.save_revision().publish()
        html = head(sign_in(world.employee))
        assert told(html, "og:title") == "Short &lt;title&gt;"
        assert told(html, "og:description") == "Short &quot;words&quot;"

    def test_the_picture_asks_who_looks(self, world: worlds.World, sign_in: Any, entry: Entry) -> None:
        page = entry.pages.get().specific
        page.cover = worlds.picture("cover", world.open)
        page.save_revision().publish()
        html = head(sign_in(world.employee))
        address = (told(html, "og:image") or "").removeprefix(SITE)
        assert address.startswith("/")
        assert told(html, "twitter:card") == "summary_large_image"
        shown = sign_in(world.employee).get(address)
        shown.close()
        assert shown.status_code == 200
        assert Client().get(address).status_code == 302

    def test_a_picture_of_others_is_not_named(self, world: worlds.World, sign_in: Any, entry: Entry) -> None:
        page = entry.pages.get().specific
        page.cover = worlds.picture("cover", world.closed)
        page.save_revision().publish()
        assert told(head(sign_in(world.member)), "og:image")
        assert told(head(sign_in(world.employee)), "og:image") is None

    def test_a_draft_has_no_address_to_share(self, world: worlds.World, sign_in: Any, entry: Entry) -> None:
        draft = world.entries["draft"].pages.get()
        html = head(sign_in(world.curator), f"/admin/pages/{draft.pk}/view_draft/")
        assert "canonical" not in html
        assert "og:" not in html


class TestLanguages:
    def test_only_those_that_are_live(self, world: worlds.World, sign_in: Any, entry: Entry) -> None:
        assert "hreflang" not in head(sign_in(world.employee))
        worlds.entry("po-russki", world.open, world.lead, language="ru", translation_of=entry)
        worlds.entry("ivrit", world.open, world.lead, language="he", translation_of=entry, publish=False)
        html = head(sign_in(world.employee))
        for language, address in (
            ("en", ADDRESS),
            ("ru", "/ru/communities/workshop/po-russki/"),
            ("x-default", f"/entries/{entry.key}/"),
        ):
            assert f'hreflang="{language}" href="{SITE}{address}"' in html
        assert 'hreflang="he"' not in html

    def test_one_that_is_withdrawn_goes_at_once(
        self, world: worlds.World, sign_in: Any, entry: Entry
    ) -> None:
        worlds.entry("po-russki", world.open, world.lead, language="ru", translation_of=entry)
        client = sign_in(world.employee)
        assert 'hreflang="ru"' in head(client)
        entry.pages.get(locale__language_code="ru").specific.unpublish()
        assert "hreflang" not in head(client)


class TestVisitors:
    """A chat's program that looks what a link leads to is a visitor."""

    def test_are_told_the_same_whatever_the_link_leads_to(self, world: worlds.World, client: Client) -> None:
        worlds.entry("secret", world.classified, world.lead, access=Access.CLASSIFIED)

        def seen(address: str) -> str:
            html = client.get(address, follow=True).content.decode()
            html = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", html)
            return html.replace(address, "").replace(quote(address), "").replace(quote(address, safe=""), "")

        addresses = (ADDRESS, "/en/communities/workshop/nothing/", "/en/classified/vault/secret/")
        open_page, nothing, secret = (seen(address) for address in addresses)
        assert open_page == nothing == secret
        assert "workshop-open" not in open_page
        assert told(open_page, "og:title") == "Guildhall"
        assert told(open_page, "og:description") == "What the company knows, and who knows it"

    def test_are_asked_to_keep_nothing(self, world: worlds.World, sign_in: Any, client: Client) -> None:
        assert "noindex" in client.get("/accounts/login/").headers["X-Robots-Tag"]
        assert "X-Robots-Tag" not in client.get("/").headers
        assert "noindex" in sign_in(world.employee).get(ADDRESS).headers["X-Robots-Tag"]


def test_on_paper_it_says_where_it_is_from(world: worlds.World, sign_in: Any) -> None:
    html = sign_in(world.employee).get(ADDRESS).content.decode()
    assert re.search(
        r'class="printed-from".*Printed from Guildhall as it stood on .*testserver' + ADDRESS, html
    )
