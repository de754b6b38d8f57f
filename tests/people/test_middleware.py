"""Who is not signed in is sent to sign in; a part of a page is told so instead."""

from collections.abc import Callable

import pytest
from django.test import Client

from people.models import User
from tests.world import World

pytestmark = pytest.mark.django_db


class TestSignInRequired:
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_a_part_of_a_page_is_not_answered_by_the_sign_in_page(
        self, world: World, sign_in: Callable[[User | None], Client], method: str
    ) -> None:
        path = f"/entries/{world.entries['workshop-open'].key}/useful/"
        client = sign_in(None)
        asked = getattr(client, method)(path, headers={"HX-Request": "true"})
        assert (asked.status_code, asked.content) == (401, b"")
        whole = getattr(client, method)(path)
        assert whole.status_code == 302
        assert whole.headers["Location"].startswith("/accounts/login/")
