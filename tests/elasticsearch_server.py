"""A fixture for tests that need Elasticsearch."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from search.backends.elasticsearch.connection import rest


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
