"""How pages are found by their address."""

import json

import pytest
from django.db import connection

from knowledge.models import EntryPage
from tests import world as worlds

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def plan(pages: object) -> str:
    """How the database would answer with many rows, where reading a table through does not pay."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
    explained: str = pages.explain(**({"format": "json"} if connection.vendor == "postgresql" else {}))  # type: ignore[attr-defined] # a query set of Wagtail's
    return json.dumps(explained)


def test_a_page_is_found_by_an_index_however_many_there_are(world: worlds.World) -> None:
    page = world.entries["workshop-open"].pages.get()
    found = EntryPage.objects.live().filter(url_path=page.url_path).for_serving()
    assert "knowledge_page_url_path" in plan(found)
