import pytest
from elasticsearch import Elasticsearch

from search.backends.elasticsearch import Unavailable
from search.backends.elasticsearch.backend import ElasticsearchBackend
from tests.search.contract import SearchContract

pytestmark = [pytest.mark.services, pytest.mark.django_db]


class TestElasticsearchSearch(SearchContract):
    statements = uncounted_statements = 1

    @pytest.fixture(autouse=True)
    def alone(self, elasticsearch: Elasticsearch, monkeypatch: pytest.MonkeyPatch) -> None:
        """Nothing stands in for it, unless something was closed behind its back."""
        answer = ElasticsearchBackend.answer

        def strictly(backend, wanted):
            try:
                return answer(backend, wanted)
            except Unavailable as error:
                pytest.fail(str(error.__cause__ or error))

        monkeypatch.setattr(ElasticsearchBackend, "answer", strictly)
