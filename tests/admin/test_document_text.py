"""Who cares for a document sees on its page whether it is found by its text, and if not, why."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from people.models import Document, User
from search.choices import TextFailure, TextState
from search.models import DocumentText
from search.services import document_texts
from tests import world as worlds
from tests.world import World

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def page_of(world: World, sign_in: Callable[[User | None], Client]) -> Callable[[Document], str]:
    def asked(document: Document) -> str:
        answer = sign_in(world.moderator).get(reverse("wagtaildocs:edit", args=[document.pk]))
        assert answer.status_code == 200
        return answer.content.decode()

    return asked


def test_before_and_after_it_was_read(world: World, page_of: Any) -> None:
    paper = worlds.document("paper", world.open)
    assert "Waiting to be read." in page_of(paper)
    document_texts.take_up()
    assert "Found by its text." in page_of(paper)
    assert "contents of paper" not in page_of(paper)


def test_why_it_is_not(world: World, page_of: Any) -> None:
    paper = Document.objects.create(
        title="program",
        file=ContentFile(b"\x7fELF\x00", "program.zip"),
        collection=worlds.communities.collection_for(world.open, "open"),
    )
    document_texts.take_up()
    assert "Not found by its text. Files of this type are not read." in page_of(paper)


def test_a_scan_and_a_long_file(world: World, page_of: Any) -> None:
    paper = worlds.document("paper", world.open)
    held = DocumentText.objects.filter(document=paper)
    held.update(state=TextState.EMPTY)
    assert "write in the description" in page_of(paper)
    held.update(state=TextState.KNOWN, is_cut=True)
    assert "its beginning is searched" in page_of(paper)


def test_one_from_before_texts_were_kept(world: World, page_of: Any) -> None:
    paper = worlds.document("paper", world.open)
    DocumentText.objects.all().delete()
    assert "Waiting to be read." in page_of(paper)


@pytest.mark.parametrize("code", [*TextState, *TextFailure])
def test_every_state_and_reason_has_words(code: Any) -> None:
    with translation.override("en"):
        assert str(code.label)[0].isupper()
