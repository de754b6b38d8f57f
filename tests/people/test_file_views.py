"""How a private file leaves, once it is known that it may."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import pytest
from asgiref.sync import sync_to_async
from django.db import connections
from django.test import AsyncClient, Client, override_settings
from django.urls import reverse

from tests import world as worlds


@pytest.fixture
def address(world: worlds.World) -> str:
    file = worlds.document("план", world.open)
    return reverse("wagtaildocs_serve", args=[file.pk, file.filename])


class TestDelivery:
    def test_streams_what_is_stored(self, address: str, world: worlds.World, client: Client) -> None:
        client.force_login(world.employee, backend="django.contrib.auth.backends.ModelBackend")
        answer = client.get(address)
        assert b"".join(answer.streaming_content) == "contents of план".encode()
        assert answer["Content-Disposition"].startswith("attachment")
        assert "sandbox" in answer["Content-Security-Policy"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cache-Control"].startswith("private")

    @override_settings(PRIVATE_FILE_DELIVERY="x-accel")
    def test_nginx_is_told_where_it_lies(self, world: worlds.World, client: Client) -> None:
        file = worlds.document("notes", world.open)
        client.force_login(world.employee, backend="django.contrib.auth.backends.ModelBackend")
        answer = client.get(reverse("wagtaildocs_serve", args=[file.pk, file.filename]))
        assert answer["X-Accel-Redirect"] == f"/private/{quote(file.file.name)}"
        assert answer.content == b""

    def test_a_name_in_the_address_does_not_make_it_a_page(self, world: worlds.World, client: Client) -> None:
        picture = worlds.picture("photo", world.open)
        client.force_login(world.employee, backend="django.contrib.auth.backends.ModelBackend")
        answer = client.get(reverse("original_picture", args=[picture.public_id, "page.html"]))
        assert answer["Content-Type"] == "image/png"
        b"".join(answer.streaming_content)

    def test_a_lost_file_is_not_found(self, world: worlds.World, client: Client) -> None:
        file = worlds.document("lost", world.open)
        file.file.storage.delete(file.file.name)
        client.force_login(world.employee, backend="django.contrib.auth.backends.ModelBackend")
        assert client.get(reverse("wagtaildocs_serve", args=[file.pk, file.filename])).status_code == 404


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_an_asynchronous_server_streams_it_too(world: worlds.World, async_client: AsyncClient) -> None:
    file = worlds.document("plan", world.open)

    async def fetch() -> tuple[bool, bytes]:
        await async_client.aforce_login(world.employee, backend="django.contrib.auth.backends.ModelBackend")
        answer = await async_client.get(reverse("wagtaildocs_serve", args=[file.pk, file.filename]))
        body = b"".join([piece async for piece in answer])
        # The view ran in asgiref's thread, which lives as long as this process and would keep its connection.
        await sync_to_async(connections.close_all)()
        return answer.is_async, body

    # In a thread of its own: a browser test before this one may have left its event loop in ours.
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(asyncio.run, fetch()).result() == (True, b"contents of plan")
