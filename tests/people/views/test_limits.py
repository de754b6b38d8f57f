"""How often a person may send each form: as many pass as the limit says, and who is stopped loses no word."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from PIL import Image as Picture

from people.models import ClientToken, Community, Image, Invitation, Membership, User
from tests import world as worlds
from tests.world import World

SignIn = Callable[[User | None], Client]
LIMIT = 2
TRIES = 4


@pytest.fixture(autouse=True)
def few(settings: Any) -> None:
    names = ("invitation", "join", "proposal", "token", "upload")
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, **dict.fromkeys(names, f"{LIMIT}/hour")}


def picture() -> SimpleUploadedFile:
    stream = BytesIO()
    Picture.new("RGB", (200, 200), "navy").save(stream, "PNG")
    return SimpleUploadedFile("picture.png", stream.getvalue())


def send(client: Client, url: str, data: Callable[[int], dict[str, Any]]) -> list[HttpResponse]:
    return [client.post(url, data(number)) for number in range(TRIES)]


def stopped(answers: list[HttpResponse], first: int = 302) -> str:
    """The page that the first one too many gets."""
    assert [answer.status_code for answer in answers] == [first] * LIMIT + [429] * (TRIES - LIMIT)
    assert 0 < int(answers[LIMIT].headers["Retry-After"]) <= 3600
    page = answers[LIMIT].content.decode()
    assert "That was too often. You can do it again in 60 minutes" in page
    return page


def test_invitations(world: World, sign_in: SignIn) -> None:
    url = reverse("community_invitations", args=["boardroom"])
    answers = send(sign_in(world.lead), url, lambda n: {"email": f"guest{n}@example.org", "days": "5"})
    page = stopped(answers)
    assert 'value="guest2@example.org"' in page
    assert 'value="5"' in page
    assert Invitation.objects.filter(community=world.closed).count() == LIMIT
    assert sign_in(world.curator).post(url, {"email": "x@example.org", "days": "5"}).status_code == 302


def test_proposals(world: World, sign_in: SignIn) -> None:
    def proposal(number: int) -> dict[str, Any]:
        return {
            "name_en": f"Forging {number}",
            "description_en": "About hammers",
            "access": "open",
            "cover_pattern": "gears",
            "accent": "#0b6b6b",
        }

    page = stopped(send(sign_in(world.expert), reverse("propose_community"), proposal))
    assert "Forging 2" in page
    assert "About hammers" in page
    assert Community.objects.filter(name_en__startswith="Forging").count() == LIMIT


def test_tokens(world: World, sign_in: SignIn) -> None:
    answers = send(
        sign_in(world.employee),
        reverse("tokens"),
        lambda n: {"name": f"Reader {n}", "scopes": ["content:read"], "days": "30"},
    )
    assert "Reader 2" in stopped(answers, first=200)
    assert ClientToken.objects.filter(user=world.employee).count() == LIMIT


def test_photos_broken_ones_too(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.employee)
    broken = SimpleUploadedFile("broken.png", b"no picture")
    assert client.post(reverse("set_photo"), {"photo": broken}).status_code == 200
    assert client.post(reverse("set_photo"), {"photo": picture()}).status_code == 302
    kept = User.objects.get(pk=world.employee.pk).photo_id
    answer = client.post(reverse("set_photo"), {"photo": picture()})
    assert answer.status_code == 429
    assert "That was too often" in answer.content.decode()
    assert User.objects.get(pk=world.employee.pk).photo_id == kept


def test_covers(world: World, sign_in: SignIn) -> None:
    url = reverse("set_community_cover", args=["boardroom"])
    before = Image.objects.count()
    page = stopped(send(sign_in(world.lead), url, lambda n: {"picture": picture()}))
    assert Image.objects.count() == before + LIMIT
    assert "About boardroom" in page


@pytest.mark.slow
def test_asking_to_join(world: World, sign_in: SignIn) -> None:
    closed = [worlds.community(f"closed-{number}", world.lead, access="closed") for number in range(TRIES)]
    client = sign_in(world.employee)
    for place in closed:
        url = reverse("join_community", args=[place.slug])
        assert client.post(url, {"message": f"Words for {place.slug}"}).status_code == 302
    asked = Membership.objects.filter(user=world.employee, community__in=closed)
    assert asked.count() == LIMIT
    other = client.get(reverse("community", args=[closed[2].slug])).content.decode()
    assert "That was too often" in other
    assert "Words for" not in other, "they were for another community"
    page = client.get(reverse("community", args=[closed[3].slug])).content.decode()
    assert "Words for closed-3</textarea>" in page
    assert "Words for" not in client.get(reverse("community", args=[closed[3].slug])).content.decode()
