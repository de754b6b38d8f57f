"""What curators recommend stands above the results, for those who may see it alone, and is counted."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core import clock
from core.models import AuditEntry
from knowledge.models import BestPracticePage, Promotion
from knowledge.services import promotions
from people.choices import Access
from tests import world as worlds
from tests.world import World


def recommend(world: World, entry: str, *phrases: str, ends: Any = None) -> Promotion:
    return promotions.save(
        promotion=Promotion(),
        entry=world.entries[entry],
        phrases=phrases or ("alignment", "центровка", "יישור"),
        ends_date=ends,
        by=world.curator,
    )


def shown_to(client: Client, question: str = "alignment", **more: str) -> bool:
    return 'class="recommended"' in client.get("/search/", {"q": question, **more}).content.decode()


class TestSearch:
    @pytest.mark.parametrize("question", ["alignment", " ALIGNMENT ", "Центровка", "יישור", "a.lignment"])
    def test_it_is_shown_for_the_words_in_any_language(
        self, sign_in: Any, world: World, question: str
    ) -> None:
        recommend(world, "workshop-open")
        page = sign_in(world.employee).get("/search/", {"q": question}).content.decode()
        assert "Title of workshop-open" in page
        assert "Recommended" in page

    def test_not_for_other_words_other_kinds_later_pages_or_when_it_has_ended(
        self, sign_in: Any, world: World
    ) -> None:
        promotion = recommend(world, "workshop-open", ends=clock.today())
        client = sign_in(world.employee)
        assert shown_to(client)
        assert not shown_to(client, "align")
        assert not shown_to(client, kind="person")
        assert not shown_to(client, page="2")
        Promotion.objects.filter(pk=promotion.pk).update(ends_date=clock.today() - timedelta(days=1))
        assert not shown_to(client)

    @pytest.mark.parametrize(
        "entry", ["boardroom-open", "workshop-closed", "workshop-classified", "vault-open"]
    )
    def test_nobody_is_shown_what_is_not_for_them(self, sign_in: Any, world: World, entry: str) -> None:
        promotion = recommend(world, entry)
        client = sign_in(world.employee)
        assert not shown_to(client)
        assert client.get(reverse("recommended", args=[promotion.public_id])).status_code == 404
        assert shown_to(sign_in(world.lead))

    def test_a_withdrawn_entry_is_gone_at_once(self, sign_in: Any, world: World) -> None:
        recommend(world, "workshop-open")
        BestPracticePage.objects.get(entry=world.entries["workshop-open"]).unpublish()
        assert not shown_to(sign_in(world.employee))

    def test_the_language_one_reads_best(self, sign_in: Any, world: World) -> None:
        entry = world.entries["workshop-open"]
        worlds.entry(
            "po-russki", world.open, world.lead, language="ru", translation_of=entry, title="По-русски"
        )
        recommend(world, "workshop-open")
        world.employee.language = "ru"
        world.employee.save()
        assert "По-русски" in sign_in(world.employee).get("/search/?q=alignment").content.decode()

    def test_shows_and_follows_are_counted_and_lead_to_the_entry(
        self, sign_in: Any, world: World, django_capture_on_commit_callbacks: Any
    ) -> None:
        promotion = recommend(world, "workshop-open")
        client = sign_in(world.employee)
        with django_capture_on_commit_callbacks(execute=True):
            for _time in range(2):
                client.get("/search/?q=alignment")
            client.head("/search/?q=alignment")
            answer = client.get(reverse("recommended", args=[promotion.public_id]))
        assert answer["Location"] == world.entries["workshop-open"].get_absolute_url()
        promotion.refresh_from_db()
        assert (promotion.shown_count, promotion.followed_count) == (2, 1)


class TestAdmin:
    def test_a_curator_keeps_them(self, sign_in: Any, world: World) -> None:
        client: Client = sign_in(world.curator)
        page = world.entries["workshop-open"].pages.get()
        form = {"page": page.pk, "words": "Alignment\nalign-ment\n\nЦентровка", "ends_date": ""}
        assert client.post(reverse("promotion:add"), form).status_code == 302
        promotion = Promotion.objects.get()
        assert set(promotion.phrases.values_list("text", flat=True)) == {"align-ment", "Центровка"}
        listed = client.get(reverse("promotion:index")).content.decode()
        assert "Title of workshop-open" in listed
        edit = reverse("promotion:edit", args=[promotion.pk])
        assert "Центровка" in client.get(edit).content.decode()
        assert client.post(edit, {**form, "words": "laser"}).status_code == 302
        assert list(promotion.phrases.values_list("text", flat=True)) == ["laser"]
        assert client.post(reverse("promotion:delete", args=[promotion.pk])).status_code == 302
        actions = AuditEntry.objects.filter(action__startswith="promotion.").order_by("pk")
        assert [row.action.partition(".")[2] for row in actions] == ["added", "changed", "removed"]

    @pytest.mark.slow
    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("words", "\n \n"),
            ("words", "\n".join(map(str, range(31)))),
            ("ends_date", "2001-01-01"),
            ("page", ""),
        ],
    )
    def test_says_what_is_wrong(self, sign_in: Any, world: World, field: str, value: str) -> None:
        page = world.entries["workshop-open"].pages.get()
        form = {"page": page.pk, "words": "alignment", "ends_date": "", field: value}
        answer = sign_in(world.curator).post(reverse("promotion:add"), form)
        assert answer.status_code == 200
        assert not Promotion.objects.exists()

    def test_what_may_not_be_seen_can_be_neither_chosen_nor_found(self, sign_in: Any, world: World) -> None:
        client = sign_in(world.curator)
        secret = world.entries["workshop-classified"]
        assert secret.access == Access.CLASSIFIED
        client.post(reverse("promotion:add"), {"page": secret.pages.get().pk, "words": "x", "ends_date": ""})
        assert not Promotion.objects.exists()
        promotion = recommend(world, "workshop-classified")
        assert "workshop-classified" not in client.get(reverse("promotion:index")).content.decode()
        for name in ("edit", "delete"):
            assert client.get(reverse(f"promotion:{name}", args=[promotion.pk])).status_code == 404

    def test_others_may_not(self, sign_in: Any, world: World) -> None:
        assert sign_in(world.expert).get(reverse("promotion:index")).status_code == 403


def test_an_entry_is_recommended_once(sign_in: Any, world: World) -> None:
    recommend(world, "workshop-open")
    form = {"page": world.entries["workshop-open"].pages.get().pk, "words": "other", "ends_date": ""}
    answer = sign_in(world.curator).post(reverse("promotion:add"), form).content.decode()
    assert "This entry is recommended already." in answer
    assert Promotion.objects.count() == 1
