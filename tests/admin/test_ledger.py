"""What the ledger has in the admin: exchange rates, one by one and from a file, and merging two enterprises."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.models import AuditEntry, ExchangeRate
from knowledge.models import Replication
from people.models import User
from tests.knowledge.ledger import enterprise, money, recorded
from tests.world import World

pytestmark = pytest.mark.django_db
IMPORT = "exchange_rate:import"


@pytest.fixture
def moderator(world: World, sign_in: Any) -> Any:
    return sign_in(User.objects.get(pk=world.moderator.pk))


class TestRates:
    def test_one_is_kept_and_audited(self, moderator: Any) -> None:
        said = {"date": "2026-03-31", "currency": "usd", "rate": "0.9246"}
        assert moderator.post(reverse("exchange_rate:add"), said).status_code == 302
        assert ExchangeRate.objects.get().currency == "USD"
        assert AuditEntry.objects.filter(action="exchange_rate.set").exists()
        again = moderator.post(reverse("exchange_rate:add"), said)
        assert "There is a rate of this currency for this day already" in again.content.decode()
        assert "USD" in moderator.get(reverse("exchange_rate:index")).content.decode()

    def test_many_from_a_file(self, moderator: Any) -> None:
        file = SimpleUploadedFile("rates.csv", "\ufeffdate,currency,rate\n2026-03-31,GBP,1.17\n".encode())
        assert moderator.post(reverse(IMPORT), {"file": file}).status_code == 302
        assert ExchangeRate.objects.get().rate == Decimal("1.17")

    @pytest.mark.parametrize("lines", ["2026-03-31,GBP,1.17\nrubbish,GBP,1", "", "date,currency,rate"])
    def test_one_wrong_line_and_nothing_is_imported(self, moderator: Any, lines: str) -> None:
        html = moderator.post(reverse(IMPORT), {"lines": lines}).content.decode()
        assert "help-critical" in html
        assert lines.partition("\n")[0] in html
        assert not ExchangeRate.objects.exists()

    def test_a_file_that_is_not_text(self, moderator: Any) -> None:
        file = SimpleUploadedFile("rates.csv", b"\xff\xfe\x00\x81")
        assert "not text in UTF-8" in moderator.post(reverse(IMPORT), {"file": file}).content.decode()

    def test_only_for_moderators(self, world: World, sign_in: Any) -> None:
        for user in (world.curator, world.lead, world.employee):
            client = sign_in(User.objects.get(pk=user.pk))
            for name in ("exchange_rate:index", IMPORT):
                assert client.get(reverse(name)).status_code in {302, 403}


def test_two_enterprises_are_merged(world: World, moderator: Any) -> None:
    recorded(world.entries["workshop-open"], "steel", money(1))
    source, into = enterprise("steel"), enterprise("glass")
    page = moderator.get(reverse("unit:edit", args=[source.pk])).content.decode()
    address = reverse("merge_unit", args=[source.pk])
    assert address in page
    assert moderator.post(address, {"into": into.pk}).status_code == 200, "it has to be understood"
    assert moderator.post(address, {"into": into.pk, "understood": "on"}).status_code == 302
    assert Replication.objects.get().enterprise == into


def test_nobody_else_merges(world: World, sign_in: Any) -> None:
    address = reverse("merge_unit", args=[enterprise("steel").pk])
    for user in (world.curator, world.lead, world.employee):
        assert sign_in(User.objects.get(pk=user.pk)).post(address, {}).status_code in {302, 403}
