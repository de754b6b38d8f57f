"""The OpenAPI description says what is really answered."""

from typing import Any

import jsonschema
import pytest
from django.test import Client

from knowledge.services import readings
from people.choices import SavedList
from people.models import User
from people.services import saved_views
from tests.knowledge.ledger import money, recorded
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def description(db: None) -> dict[str, Any]:
    return Client().get("/api/v1/openapi.json").json()


def test_is_openapi_3_1_with_examples(description: dict[str, Any]) -> None:
    assert description["openapi"].startswith("3.1")
    item = description["components"]["schemas"]["EntryItem"]["properties"]
    assert {"id", "key", "kind", "lang", "slug", "title", "html_url"} <= set(item)
    assert item["title"]["examples"]
    schemes = description["components"]["securitySchemes"]
    assert {scheme["type"] for scheme in schemes.values()} == {"http", "apiKey"}
    for path, operations in description["paths"].items():
        for method, operation in operations.items():
            assert {"401", "403", "422", "429"} <= set(operation["responses"]), path
            assert any(status.startswith("2") for status in map(str, operation["responses"])), path
            assert ("304" in operation["responses"]) == (method == "get"), path


def test_answers_are_as_described(description: dict[str, Any], world: World, ask: Any) -> None:
    key = world.entries["workshop-open"].key
    record = recorded(
        world.entries["workshop-open"], "steel", money(1000, cost_amount=5, cost_currency="GBP")
    )
    lead = User.objects.get(pk=world.lead.pk)
    view = saved_views.keep(
        owner=lead, name="Ours", to=SavedList.PEOPLE, query="", community=world.open, follow=True
    )
    readings.keep(user=lead, entry=world.entries["workshop-open"])
    for template, path in {
        "/api/v1/me": "/api/v1/me",
        "/api/v1/communities": "/api/v1/communities",
        "/api/v1/communities/{slug}": "/api/v1/communities/workshop",
        "/api/v1/competences": "/api/v1/competences",
        "/api/v1/entries": "/api/v1/entries",
        "/api/v1/entries/{key}": f"/api/v1/entries/{key}",
        "/api/v1/entries/{key}/{lang}": f"/api/v1/entries/{key}/en",
        "/api/v1/entries/{key}/replications": f"/api/v1/entries/{key}/replications",
        "/api/v1/replications": "/api/v1/replications",
        "/api/v1/replications/{public_id}": f"/api/v1/replications/{record.public_id}",
        "/api/v1/search": "/api/v1/search?q=workshop",
        "/api/v1/saved-views": "/api/v1/saved-views",
        "/api/v1/saved-views/{public_id}": f"/api/v1/saved-views/{view.public_id}",
        "/api/v1/reading-list": "/api/v1/reading-list",
    }.items():
        answers = description["paths"][template]["get"]["responses"]
        schema = answers["200"]["content"]["application/json"]["schema"]
        validator = jsonschema.Draft202012Validator({**schema, "components": description["components"]})
        answer = ask(world.lead, path)
        assert answer.status_code == 200
        assert [error.message for error in validator.iter_errors(answer.json())] == [], path
        problem = {**answers["401"]["content"]["application/problem+json"]["schema"]}
        validator = jsonschema.Draft202012Validator({**problem, "components": description["components"]})
        validator.validate(ask(None, path).json())


def test_can_be_read_as_a_page_that_loads_nothing_from_elsewhere(db: None) -> None:
    page = Client().get("/api/v1/docs")
    text = page.content.decode()
    assert page.status_code == 200
    assert "/api/v1/entries/{key}/{lang}" in text
    assert "content:read" in text
    assert 'src="http' not in text
    assert "<script>" not in text
