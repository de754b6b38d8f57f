"""A number is no key: naming a file of somebody else in a form of the admin tells nothing of it and lets it nowhere."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from knowledge.models import CommunityPage, EntryAttachment, EntryPage
from people.choices import Access
from people.models import Document, Image
from tests import world as worlds
from tests.admin.test_editing import form

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture(world: worlds.World) -> Image:
    return worlds.picture("secret-picture", world.classified, Access.CLASSIFIED)


@pytest.fixture
def paper(world: worlds.World) -> Document:
    return worlds.document("secret-paper", world.classified, Access.CLASSIFIED)


@pytest.fixture
def article(world: worlds.World) -> EntryPage:
    return world.entries["workshop-open"].pages.get().specific


@pytest.fixture
def curator(world: worlds.World, sign_in: Any) -> Client:
    return sign_in(world.curator)


def save(client: Client, article: EntryPage, **fields: Any) -> Any:
    return client.post(reverse("wagtailadmin_pages:edit", args=[article.pk]), form(article.title, **fields))


def link(paper: Document) -> str:
    return rich_text(f'<p><a linktype="document" id="{paper.pk}">that</a></p>')


def naming(place: str, picture: Image, paper: Document) -> dict[str, Any]:
    image = {"image": picture.pk, "alt_text": "", "caption": "", "credit": ""}
    return {
        "as the cover": {"cover": picture.pk},
        "in the body": {"body": streamfield([("image", image)])},
        "as a document": {"body": streamfield([("document", {"document": paper.pk, "description": ""})])},
        "as a link": {"body": streamfield([("text", link(paper))])},
        "as an attachment": {"attachments": inline_formset([{"document": paper.pk, "description": ""}])},
    }[place]


PLACES = ("as the cover", "in the body", "as a document", "as a link", "as an attachment")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("sent", [{}, {"action-publish": "1"}], ids=["saved", "published"])
def test_it_is_refused_without_a_name(
    curator: Client, article: EntryPage, picture: Image, paper: Document, place: str, sent: dict[str, str]
) -> None:
    answer = save(curator, article, **naming(place, picture, paper), **sent)
    assert answer.status_code == 200
    html = answer.content.decode()
    assert "does not exist, or is not open to you" in html
    assert "secret-p" not in html
    article.refresh_from_db()
    assert not article.has_unpublished_changes


def test_a_file_that_does_not_exist_gets_the_same_answer(curator: Client, article: EntryPage) -> None:
    body = streamfield([("text", rich_text('<p><a linktype="document" id="98765">that</a></p>'))])
    assert "does not exist, or is not open to you" in save(curator, article, body=body).content.decode()


@pytest.mark.slow
def test_what_a_lead_put_there_stays_and_is_not_named(
    curator: Client, article: EntryPage, picture: Image, paper: Document
) -> None:
    article.cover = picture
    article.body = [
        ("image", {"image": picture}),
        ("document", {"document": paper, "description": ""}),
        ("text", f'<p><a linktype="document" id="{paper.pk}">that</a></p>'),
    ]
    article.attachments = [EntryAttachment(document=paper, description="")]
    article.save_revision()
    html = curator.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).content.decode()
    assert "A file that is not open to you" in html
    assert "secret-p" not in html

    everything = {
        "cover": picture.pk,
        "body": naming("in the body", picture, paper)["body"],
        "attachments": naming("as an attachment", picture, paper)["attachments"],
    }
    assert save(curator, article, **everything).status_code == 302
    article.refresh_from_db()
    assert article.get_latest_revision_as_object().cover_id == picture.pk
    refused = save(curator, article, **everything, **{"action-publish": "1"}).content.decode()
    assert "Not all readers of this page may open" in refused
    assert "secret-p" not in refused


def test_the_leads_of_it_see_its_name(world: worlds.World, sign_in: Any, picture: Image) -> None:
    inside = world.entries["vault-open"].pages.get().specific
    answer = save(sign_in(world.lead), inside, cover=picture.pk)
    assert answer.status_code == 302
    html = sign_in(world.lead).get(reverse("wagtailadmin_pages:edit", args=[inside.pk])).content.decode()
    assert "secret-picture" in html


def test_nor_does_the_welcome_of_a_community_take_it(
    curator: Client, world: worlds.World, paper: Document
) -> None:
    home = CommunityPage.objects.get(community=world.open, locale__language_code="en")
    data = nested_form_data(
        {
            "title": home.title,
            "slug": home.slug,
            "welcome": streamfield([("text", link(paper))]),
            "comments": inline_formset([]),
        }
    )
    html = curator.post(reverse("wagtailadmin_pages:edit", args=[home.pk]), data).content.decode()
    assert "does not exist, or is not open to you" in html
    assert "secret-p" not in html
