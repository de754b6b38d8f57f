import pytest
from django.db import DatabaseError, transaction

from core import audit
from core.models import AuditEntry


@pytest.mark.sqlite
class TestAppendOnly:
    @pytest.fixture
    def entry(self, db: None) -> AuditEntry:
        return audit.log("role.given", actor=None, role="expert")

    def test_a_row_cannot_be_changed(self, entry: AuditEntry) -> None:
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            AuditEntry.objects.update(action="nothing.happened")
        assert AuditEntry.objects.get().action == "role.given"

    def test_a_row_cannot_be_deleted(self, entry: AuditEntry) -> None:
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            AuditEntry.objects.all()._raw_delete("default")
        assert AuditEntry.objects.exists()
