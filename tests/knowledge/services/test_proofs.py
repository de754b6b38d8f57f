"""How much a record holds, whatever is taken away and added."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from knowledge.models import Replication
from knowledge.services import proofs, replications
from knowledge.services.proofs import TooManyProofs
from tests.knowledge.ledger import employee_of, money, recorded
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(world: World, monkeypatch: pytest.MonkeyPatch) -> Replication:
    monkeypatch.setattr(proofs, "MOST", 3)
    monkeypatch.setattr(proofs, "MOST_KEPT", 5)
    return recorded(world.entries["workshop-open"], "steel", money(1))


def edit(made: Replication, *names: str, without: tuple[int, ...] = ()) -> None:
    made.refresh_from_db()
    files = [SimpleUploadedFile(name, b"1,2") for name in names]
    replications.edit(
        replication=made,
        version=made.version,
        draft=money(1),
        by=employee_of("steel"),
        files=files,
        without=without,
    )


def shown(made: Replication) -> list[int]:
    return list(made.proofs.filter(removed_at=None).order_by("pk").values_list("pk", flat=True))


class TestRoom:
    def test_is_for_the_record_and_not_for_an_upload(self, made: Replication) -> None:
        edit(made, "a.csv", "b.csv")
        with pytest.raises(TooManyProofs, match="no more than 3"):
            edit(made, "c.csv", "d.csv")
        assert len(shown(made)) == 2
        edit(made, "c.csv")
        assert len(shown(made)) == 3

    def test_is_made_by_taking_some_away(self, made: Replication) -> None:
        edit(made, "a.csv", "b.csv", "c.csv")
        edit(made, "d.csv", without=tuple(shown(made)[:1]))
        assert len(shown(made)) == 3

    def test_comes_to_an_end_although_some_are_taken_away(self, made: Replication) -> None:
        edit(made, "a.csv", "b.csv", "c.csv")
        edit(made, "d.csv", "e.csv", without=tuple(shown(made)))
        with pytest.raises(TooManyProofs, match="No more than 5"):
            edit(made, "f.csv")
        edit(made)
