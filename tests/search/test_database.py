import pytest

from tests.search.contract import SearchContract

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db]


class TestDatabaseSearch(SearchContract):
    pass
