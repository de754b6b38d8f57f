"""A fixture for tests that need Elasticsearch."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from core import outbox
from search import indexing
from search.backends.elasticsearch.connection import rest
from search.following import Follower


@pytest.fixture
def elasticsearch(settings: Any) -> Iterator[Elasticsearch]:
    """The installation has Elasticsearch, and an index of its own there."""
    if not settings.ELASTICSEARCH_SERVER:
        pytest.skip("no Elasticsearch: ELASTICSEARCH_URL is not set")
    settings.ELASTICSEARCH_URL = settings.ELASTICSEARCH_SERVER
    settings.ELASTICSEARCH_INDEX = f"test-{os.getpid()}"
    client = Elasticsearch(settings.ELASTICSEARCH_SERVER)
    rest.end()
    yield client
    rest.end()
    names = list(client.indices.get(index=f"test-{os.getpid()}*"))
    if names:
        client.indices.delete(index=names)
    client.close()


@pytest.fixture
def follower(elasticsearch: Elasticsearch, monkeypatch: pytest.MonkeyPatch) -> Follower:
    """Of an index that has been built; nothing more is taken in until the test says so."""
    monkeypatch.setattr(outbox, "_followers", [])
    indexing.rebuild()
    return indexing.followers()["elasticsearch"]
