from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from search.models import Synonyms
from tests.world import World

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def curator(world: World, sign_in: Callable[[Any], Client]) -> Client:
    return sign_in(world.curator)


def test_a_curator_keeps_them(curator: Client) -> None:
    added = curator.post(reverse("synonyms:add"), {"language": "ru", "words": " смазка \nсолидол\n\nСмазка"})
    assert added.status_code == 302
    group = Synonyms.objects.get()
    assert (group.language, group.words) == ("ru", "Смазка\nсолидол")
    listed = curator.get(reverse("synonyms:index")).content.decode()
    assert "Смазка, солидол" in listed
    address = reverse("synonyms:edit", args=[group.pk])
    assert curator.post(address, {"language": "ru", "words": "смазка\nлитол"}).status_code == 302
    group.refresh_from_db()
    assert group.words == "смазка\nлитол"
    assert curator.post(reverse("synonyms:delete", args=[group.pk])).status_code == 302
    assert not Synonyms.objects.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "This field is required"),
        ("alone", "at least two words"),
        ("same\nSAME\n!!!", "at least two words"),
        ("\n".join(f"word {number}" for number in range(13)), "Twelve lines"),
        ("x" * 81 + "\ny", "Twelve lines"),
        ("one two three four five\nsix", "longer than four words"),
    ],
)
def test_what_cannot_be_kept_is_told_and_not_lost(curator: Client, words: str, said: str) -> None:
    answer = curator.post(reverse("synonyms:add"), {"language": "en", "words": words})
    text = answer.content.decode()
    assert said in text
    assert words.split("\n", maxsplit=1)[0] in text
    assert not Synonyms.objects.exists()


def test_the_list_goes_out_as_a_table(curator: Client) -> None:
    Synonyms.objects.create(language="en", words="grease\nlube")
    answer = curator.get(reverse("synonyms:index") + "?export=csv")
    assert "grease" in b"".join(answer.streaming_content).decode()
