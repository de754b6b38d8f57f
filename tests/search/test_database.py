import pytest

from tests.search.contract import SearchContract
from tests.search.narrowing_contract import NarrowingContract

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db]


class TestDatabaseSearch(SearchContract):
    pass


class TestDatabaseNarrowing(NarrowingContract):
    pass
