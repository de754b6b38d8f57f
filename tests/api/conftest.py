from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from people.models import User
from people.services import client_tokens


@pytest.fixture
def token() -> Callable[..., str]:
    """The text of a token of a person."""

    def issue(user: User, *scopes: str) -> str:
        scopes = scopes or ("content:read", "profile:read", "own:read")
        return client_tokens.issue(user=user, name="test", scopes=list(scopes), days=1)[1]

    return issue


@pytest.fixture
def ask(token: Callable[..., str]) -> Callable[..., Any]:
    """GET an address as a client application of a person, or as nobody."""
    client = Client()
    texts: dict[int, str] = {}

    def get(user: User | None, path: str, **headers: str) -> Any:
        if user is not None:
            if user.pk not in texts:
                texts[user.pk] = token(user)
            headers = {"Authorization": f"Bearer {texts[user.pk]}", **headers}
        return client.get(path, headers=headers)

    return get
