"""A form that htmx sends, sent too often: the reason stands at the field, and the page beside it is as it was."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from PIL import Image as Picture
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from people.models import User

pytestmark = pytest.mark.browser


def png() -> bytes:
    stream = BytesIO()
    Picture.new("RGB", (200, 200), "navy").save(stream, "PNG")
    return stream.getvalue()


def test_a_photo_too_many(
    live_server: LiveServer, reader: User, enter: Callable[[User], None], page: Page, settings: Any
) -> None:
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "upload": "1/hour"}
    enter(reader)
    page.goto(f"{live_server.url}/profile/")
    page.get_by_role("textbox", name="Name", exact=True).fill("Half a name")
    for _number in range(2):
        page.locator("#photo input[type=file]").set_input_files(
            {"name": "photo.png", "mimeType": "image/png", "buffer": png()}
        )
        page.get_by_role("button", name="Set this photo").click()
        expect(page.locator("#photo input[type=file]")).to_have_value("")
    expect(page.locator("#photo")).to_contain_text("That was too often. You can do it again in 60 minutes")
    expect(page.get_by_role("textbox", name="Name", exact=True)).to_have_value("Half a name")
    expect(page.locator("[data-toast].error")).to_have_count(0)
