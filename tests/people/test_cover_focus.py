"""Which part of a cover stays in sight, said by leads on the site and by curators in the admin."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image as Picture

from people.choices import Focus
from people.models import Community, Image, Rendition, User
from people.querysets import COVER_SPEC
from people.services import communities
from people.services.communities import CommunityRefused
from tests.world import World

SignIn = Callable[[User | None], Client]
RED, BLUE = (200, 0, 0), (0, 0, 200)


def red_over_blue() -> SimpleUploadedFile:
    """Tall: a band cut from it is red at the top and blue at the bottom."""
    stream = BytesIO()
    picture = Picture.new("RGB", (1440, 1440), BLUE)
    picture.paste(RED, (0, 0, 1440, 720))
    picture.save(stream, "PNG")
    return SimpleUploadedFile("tall.png", stream.getvalue())


def colour_of_band(community: Community) -> str:
    cover = Image.objects.get(pk=community.cover_id)
    with cover.get_rendition(COVER_SPEC).file.open() as file, Picture.open(file) as band:
        assert band.size == (1440, 240)
        red, _green, blue = band.convert("RGB").getpixel((720, 120))
    return "red" if red > blue else "blue"


@pytest.fixture
def covered(world: World) -> Community:
    return communities.set_cover(community=world.closed, by=world.lead, upload=red_over_blue())


class TestFocus:
    def test_nine_parts_come_back_as_they_were_put(self, db: None) -> None:
        for size in ((1920, 300), (64, 64), (100, 1000)):
            image = Image(width=size[0], height=size[1])
            assert image.focus == Focus.MIDDLE
            for part in Focus:
                image.focus = part
                assert image.focus == part

    def test_a_box_drawn_at_the_edge_is_in_the_part_there(self, db: None) -> None:
        image = Image(width=300, height=300, focal_point_x=300, focal_point_y=299)
        assert image.focus == Focus.BOTTOM_RIGHT


class TestFocusCover:
    def test_the_band_keeps_the_part_and_old_cuts_are_gone(self, world: World, covered: Community) -> None:
        for part, colour in ((Focus.TOP, "red"), (Focus.BOTTOM_LEFT, "blue"), (Focus.TOP_RIGHT, "red")):
            communities.focus_cover(community=covered, by=world.lead, focus=part)
            assert not Rendition.objects.filter(image=covered.cover_id).exists()
            assert colour_of_band(covered) == colour

    def test_the_address_of_the_band_is_another(self, world: World, covered: Community) -> None:
        before = Community.objects.get(pk=covered.pk).cover_url
        communities.focus_cover(community=covered, by=world.lead, focus=Focus.TOP)
        assert Community.objects.get(pk=covered.pk).cover_url != before, "browsers keep the old one"

    def test_without_a_picture_there_is_nothing_to_keep(self, world: World) -> None:
        with pytest.raises(CommunityRefused):
            communities.focus_cover(community=world.open, by=world.lead, focus=Focus.TOP)

    def test_others_may_not(self, world: World, covered: Community) -> None:
        with pytest.raises(PermissionDenied):
            communities.focus_cover(community=covered, by=world.member, focus=Focus.TOP)
        assert Image.objects.get(pk=covered.cover_id).focus == Focus.MIDDLE


class TestOnTheSite:
    def test_a_lead_chooses_among_nine(self, world: World, covered: Community, sign_in: SignIn) -> None:
        client = sign_in(world.lead)
        manage = reverse("manage_community", args=["boardroom"])
        assert 'value="middle" class="form-check-input"' in client.get(manage).content.decode()
        url = reverse("focus_community_cover", args=["boardroom"])
        answer = client.post(url, {"focus": "bottom"}, follow=True)
        page = answer.content.decode()
        assert "This part of the cover stays in sight." in page
        (chosen,) = [tag for tag in page.split("<input") if 'name="focus"' in tag and " checked" in tag]
        assert 'value="bottom"' in chosen
        assert colour_of_band(covered) == "blue"

    def test_a_part_that_is_none_is_refused(self, world: World, covered: Community, sign_in: SignIn) -> None:
        url = reverse("focus_community_cover", args=["boardroom"])
        page = sign_in(world.lead).post(url, {"focus": "outside"}).content.decode()
        assert "Select a valid choice" in page
        assert Image.objects.get(pk=covered.cover_id).focus == Focus.MIDDLE

    def test_there_is_no_choice_without_a_picture(self, world: World, sign_in: SignIn) -> None:
        client = sign_in(world.lead)
        page = client.get(reverse("manage_community", args=["workshop"])).content.decode()
        assert 'name="focus"' not in page
        answer = client.post(
            reverse("focus_community_cover", args=["workshop"]), {"focus": "top"}, follow=True
        )
        assert "There is no picture of which a part could be kept." in answer.content.decode()


class TestInTheAdmin:
    @pytest.fixture
    def save(self, world: World, sign_in: SignIn) -> Callable[..., Any]:
        def post(community: Community, **fields: Any) -> Any:
            names = {f"name_{code}": getattr(community, f"name_{code}") for code, _name in settings.LANGUAGES}
            form = {
                **names,
                "description_0": "About it",
                "access": community.access,
                "cover_pattern": "gears",
                "accent": "#0b6b6b",
                **fields,
            }
            address = reverse("managed_community:edit", args=[community.pk])
            return sign_in(world.curator).post(address, form)

        return post

    def test_a_picture_is_put_up_with_its_part(self, world: World, save: Callable[..., Any]) -> None:
        answer = save(world.closed, cover_picture=red_over_blue(), cover_focus="bottom")
        assert answer.status_code == 302
        world.closed.refresh_from_db()
        assert colour_of_band(world.closed) == "blue"

    def test_the_part_is_changed_and_the_picture_stays(
        self, covered: Community, save: Callable[..., Any]
    ) -> None:
        assert save(covered, cover_focus="top").status_code == 302
        assert Community.objects.get(pk=covered.pk).cover_id == covered.cover_id
        assert colour_of_band(covered) == "red"

    def test_the_picture_is_taken_down(self, covered: Community, save: Callable[..., Any]) -> None:
        assert save(covered, **{"cover_picture-clear": "on", "cover_focus": "top"}).status_code == 302
        assert Community.objects.get(pk=covered.pk).cover is None

    def test_a_broken_picture_is_told_and_nothing_is_saved(
        self, covered: Community, save: Callable[..., Any]
    ) -> None:
        broken = SimpleUploadedFile("broken.png", b"no picture")
        answer = save(covered, cover_picture=broken, name_en="Another name")
        assert answer.status_code == 200
        assert "This is not a JPEG, PNG or WebP picture." in answer.content.decode()
        stored = Community.objects.get(pk=covered.pk)
        assert (stored.name_en, stored.cover_id) == ("Boardroom", covered.cover_id)

    def test_the_form_shows_what_is_up(self, world: World, covered: Community, sign_in: SignIn) -> None:
        address = reverse("managed_community:edit", args=[covered.pk])
        page = sign_in(world.curator).get(address).content.decode()
        assert "the picture that is up" in page
        assert 'enctype="multipart/form-data"' in page
        assert '<option value="middle" selected>' in page
