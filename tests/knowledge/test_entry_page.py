"""The page of an entry: what it shows, to whom, in which words, and at what cost."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from core import clock
from knowledge import effects
from knowledge.choices import ReplicationStatus
from knowledge.models import Entry, EntryAttachment, EntryAuthor, EntryPage, Replication
from knowledge.services import entries
from people import access
from people.choices import Access
from people.models import Competence, User
from tests import world as worlds

pytestmark = pytest.mark.django_db


def address(entry: Entry) -> str:
    parent = "classified" if entry.community.access == Access.CLASSIFIED else "communities"
    return f"/en/{parent}/{entry.community.slug}/{entry.slug}/"


def fill_up(world: worlds.World, entry: Entry, number: int) -> EntryPage:
    """An entry with everything that an entry can have, `number` times."""
    page = entry.pages.get(locale__language_code="en").specific
    others = [worlds.entry(f"other-{at}-{entry.slug}", world.open, world.lead) for at in range(number)]
    pictures = [worlds.picture(f"picture-{at}-{entry.slug}", world.open) for at in range(number)]
    documents = [worlds.document(f"document-{at}-{entry.slug}", world.open) for at in range(number)]
    page.body = [
        ("heading", {"text": "What we saw", "level": "h2"}),
        *[("image", {"image": picture}) for picture in pictures],
        *[("document", {"document": document}) for document in documents],
        ("people", {"people": [world.lead, world.member]}),
        ("related", {"entries": [other.pages.get() for other in others]}),
    ]
    page.cover = pictures[0]
    page.effects = [("effect", {"measure": "stops", "unit": "a quarter", "before": 14, "after": 5})]
    page.tags.add("valves")
    page.attachments = [EntryAttachment(document=document, description="A file") for document in documents]
    page.save_revision().publish()
    competence = Competence.objects.first() or Competence.add_root(slug="pumps", name_en="Pumps")
    for other in [entry, *others]:
        other.competences.set([competence])
        other.save()
    for at, author in enumerate((world.lead, world.member)[:number]):
        EntryAuthor.objects.create(entry=entry, user=author, sort_order=at)
    Replication.objects.create(
        entry=entry, enterprise=world.enterprise, status=ReplicationStatus.ADOPTED, note="Since May"
    )
    Entry.objects.filter(pk=entry.pk).update(
        difficulty="basic", effect_amount=Decimal(1_850_000), effect_currency="EUR", effect_period="year",
        enterprise=world.enterprise, checked_at=dt.datetime(2026, 10, 1, tzinfo=dt.UTC),
    )  # fmt: skip
    return page


class TestShows:
    def test_everything_an_entry_has(self, world: worlds.World, sign_in: Any) -> None:
        entry = world.entries["workshop-open"]
        fill_up(world, entry, 1)
        html = sign_in(world.employee).get(address(entry)).content.decode()
        for shown in (
            *("Best practice", "Workshop", "Basic", "Title of workshop-open", "Summary of workshop-open"),
            *("Lena Lead", "Pumps", "checked still true in October 2026", "1 min", "€ 1.85 M a year"),
            *(
                "<bdi>14</bdi></s>",
                "<bdi>5</bdi></b>",
                "stops",
                "Since May",
                "Adopted",
                "#valves",
                "/catalogue/?tag=valves",
            ),
            *("/catalogue/?competence=pumps", "A file", "TXT", 'href="#what-we-saw"', "Title of other-0"),
            *('<article lang="en" dir="ltr">', "<picture>"),
        ):
            assert shown in html, shown

    def test_direction_of_the_text_and_of_the_interface(self, world: worlds.World, sign_in: Any) -> None:
        entry = worlds.entry("hebrew", world.open, world.lead, language="he")
        User.objects.filter(pk=world.employee.pk).update(language="en")
        html = sign_in(world.employee).get("/he/communities/workshop/hebrew/").content.decode()
        assert '<html lang="en" dir="ltr"' in html
        assert '<article lang="he" dir="rtl">' in html
        assert entry.get_absolute_url() == f"/entries/{entry.key}/"

    def test_says_which_languages_there_are(self, world: worlds.World, sign_in: Any) -> None:
        entry = world.entries["workshop-open"]
        worlds.entry("po-russki", world.open, world.lead, language="ru", translation_of=entry)
        html = sign_in(world.employee).get(address(entry)).content.decode()
        assert 'href="/ru/communities/workshop/po-russki/"' in html
        assert "Русский" in html

    def test_stale(self, world: worlds.World, sign_in: Any) -> None:
        entry = world.entries["workshop-open"]
        assert "Nobody has confirmed" not in sign_in(world.employee).get(address(entry)).content.decode()
        Entry.objects.filter(pk=entry.pk).update(review_date=clock.today() - dt.timedelta(days=1))
        assert "Nobody has confirmed" in sign_in(world.employee).get(address(entry)).content.decode()

    def test_files_and_entries_of_others_leave_no_trace(self, world: worlds.World, sign_in: Any) -> None:
        entry = world.entries["workshop-open"]
        page = entry.pages.get().specific
        secret = worlds.document("secret-plan", world.closed)
        page.cover = worlds.picture("secret-cover", world.closed)
        page.attachments = [EntryAttachment(document=secret, description="secret-description")]
        page.save_revision().publish()
        competence = Competence.add_root(slug="pumps", name_en="Pumps")
        for other in world.entries.values():
            other.competences.set([competence])
            other.save()
        sign_in(world.member).get(address(entry))
        html = sign_in(world.employee).get(address(entry)).content.decode()
        for trace in ("secret", "boardroom", "Boardroom", "vault", "Vault"):
            assert trace not in html


class TestDoors:
    @pytest.mark.slow
    def test_who_reads_what(self, world: worlds.World, sign_in: Any) -> None:
        for name, user in world.people.items():
            client = sign_in(user)
            for slug, entry in world.entries.items():
                seen = entry.published_at is not None and world.viewer(name).meets(entry.audience)
                expected = 200 if seen else 404 if user else 302
                assert client.get(address(entry)).status_code == expected, (name, slug)
                by_key = client.get(reverse("entry", args=[entry.key]))
                assert by_key.status_code == (302 if seen or not user else 404), (name, slug)

    def test_the_key_leads_to_the_readers_language(self, world: worlds.World, sign_in: Any) -> None:
        entry = world.entries["workshop-open"]
        worlds.entry("po-russki", world.open, world.lead, language="ru", translation_of=entry)
        for language, expected in (("ru", "/ru/communities/workshop/po-russki/"), ("he", address(entry))):
            User.objects.filter(pk=world.employee.pk).update(language=language)
            access.forget(world.employee.pk)
            assert sign_in(world.employee).get(entry.get_absolute_url()).url == expected

    def test_addresses_of_the_trunk_lead_to_their_pages(self, world: worlds.World, sign_in: Any) -> None:
        client = sign_in(world.employee)
        assert client.get("/en/").url == "/"
        assert client.get("/ru/communities/").url == "/communities/"
        assert client.get("/en/communities/workshop/").url == "/communities/workshop/"
        assert client.get("/en/classified/vault/").status_code == 404
        assert client.get("/tlh/communities/").status_code == 404
        assert client.get("/en/communities/nowhere/").status_code == 404


class TestChecking:
    def test_owner_lead_and_curator_may(self, world: worlds.World, sign_in: Any) -> None:
        for user, expected in (
            (world.lead, 302),
            (world.curator, 302),
            (world.employee, 403),
            (world.member, 403),
        ):
            entry = world.entries["workshop-open"]
            Entry.objects.filter(pk=entry.pk).update(checked_at=None, review_date=None)
            response = sign_in(user).post(reverse("check_entry", args=[entry.key]))
            entry.refresh_from_db()
            assert response.status_code == expected
            assert (entry.checked_at is not None) == (expected == 302)
            assert (entry.review_date is not None) == (expected == 302)

    def test_what_may_not_be_seen_cannot_be_checked(self, world: worlds.World, sign_in: Any) -> None:
        entry = world.entries["vault-open"]
        assert sign_in(world.curator).post(reverse("check_entry", args=[entry.key])).status_code == 404

    def test_reading_alone_checks_nothing(self, world: worlds.World, sign_in: Any) -> None:
        entry = world.entries["workshop-open"]
        assert sign_in(world.lead).get(reverse("check_entry", args=[entry.key])).status_code == 405


class TestCost:
    @pytest.mark.slow
    def test_the_same_for_one_of_everything_and_for_six(self, world: worlds.World, sign_in: Any) -> None:
        small, large = world.entries["workshop-open"], worlds.entry("large", world.open, world.lead)
        fill_up(world, small, 1)
        fill_up(world, large, 6)
        client = sign_in(world.employee)
        counts = []
        ContentType.objects.clear_cache()
        for entry in (small, large):
            client.get(address(entry))
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address(entry)).status_code == 200
            counts.append(len(queries))
        assert counts[0] == counts[1] <= 8, [query["sql"][:200] for query in queries.captured_queries]


class TestMovedAndRenamed:
    def test_the_old_address_leads_to_the_new_one(
        self, world: worlds.World, sign_in: Any, django_capture_on_commit_callbacks: Any
    ) -> None:
        entry = world.entries["workshop-open"]
        page = entry.pages.get().specific
        page.slug = "renamed"
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()
        response = sign_in(world.employee).get("/en/communities/workshop/workshop-open/")
        assert response.status_code in {301, 302}
        assert response.url == "/en/communities/workshop/renamed/"

    def test_moving_an_entry_keeps_its_address_for_those_who_may_follow(
        self, world: worlds.World, sign_in: Any
    ) -> None:
        entry = world.entries["workshop-open"]
        target = world.classified.pages.get(locale__language_code="en")
        entry.pages.get().specific.move(target, pos="last-child")
        old = "/en/communities/workshop/workshop-open/"
        response = sign_in(world.member).get(old)
        assert response.url == "/en/classified/vault/workshop-open/"
        # To anybody else it does not exist any more, and where it went is not said.
        refused = sign_in(world.employee).get(old)
        assert refused.status_code == 404
        assert "vault" not in refused.content.decode()

    def test_a_withdrawn_entry_is_not_there(self, world: worlds.World, sign_in: Any) -> None:
        entry = world.entries["workshop-open"]
        entry.pages.get().specific.unpublish()
        assert sign_in(world.employee).get(address(entry)).status_code == 404

    def test_an_entry_whose_community_closes(self, world: worlds.World, sign_in: Any) -> None:
        from people.services import communities

        entry = world.entries["workshop-open"]
        assert sign_in(world.employee).get(address(entry)).status_code == 200
        communities.change_access(community=world.open, by=world.lead, to=Access.CLOSED)
        assert sign_in(world.employee).get(address(entry)).status_code == 404
        assert sign_in(world.member).get(address(entry)).status_code == 200


class TestEffects:
    @pytest.mark.parametrize(
        ("amount", "currency", "period", "language", "expected"),
        [
            ("185000", "EUR", "year", "en", "€ 185,000 a year"),
            ("1850000", "EUR", "year", "en", "€ 1.85 M a year"),
            ("900", "ILS", "once", "en", "₪ 900"),
            ("99.50", "XAU", "month", "en", "XAU 99.5 a month"),
        ],
    )
    def test_money(self, amount: str, currency: str, period: str, language: str, expected: str) -> None:
        entry = Entry(effect_amount=Decimal(amount), effect_currency=currency, effect_period=period)
        with translation.override(language):
            assert effects.economic_effect(entry) == expected

    def test_change(self, world: worlds.World) -> None:
        page = world.entries["workshop-open"].pages.get().specific
        for before, after, expected in (
            (14, 5, "−64 %"),
            (10, 15, "+50 %"),
            (None, 5, ""),
            (0, 5, ""),
            (5, 5, ""),
        ):
            page.effects = [("effect", {"measure": "stops", "before": before, "after": after})]
            page.save()
            assert effects.change(EntryPage.objects.get(pk=page.pk).effects) == expected


def test_measures_follow_the_body(world: worlds.World) -> None:
    page = world.entries["workshop-open"].pages.get().specific
    before = page.body_digest
    page.body = [("text", f"<p>{'word ' * 900}</p>")]
    entries.measure(page)
    assert page.reading_minutes == 5
    assert page.body_digest != before
