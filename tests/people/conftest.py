import pytest

from tests.people import staff as staffs


@pytest.fixture
def staff(db: None) -> staffs.Staff:
    """See tests.people.staff."""
    return staffs.build()
