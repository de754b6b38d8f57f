"""The centre of notifications and its settings in a reader: what they show, narrow, count and change."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from people.models import Competence, User
from social.models import Follow, Mute, NotificationSettings, Preference
from social.services import follows, notification_settings
from tests import world as worlds
from tests.social.news import GATHERED, KIND, counted, rows, tell
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(world: World, sign_in: Any) -> Client:
    client: Client = sign_in(world.employee)
    return client


def of(world: World, slug: str = "workshop-open") -> tuple[str, Any]:
    return ("entry", world.entries[slug].key)


def page(reader: Client, address: str = "/notifications/", **headers: str) -> str:
    answer = reader.get(address, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


class TestList:
    def test_is_empty_with_a_way_on(self, reader: Client) -> None:
        assert "Look at the communities" in page(reader)

    def test_gathers_what_is_about_one_subject(self, world: World, reader: Client) -> None:
        for number in range(3):
            tell(of(world), world.employee, dedupe=f"event-{number}")
        text = page(reader)
        assert text.count('class="card notification-group is-unread"') == 1
        assert text.count("News of Title of workshop-open event-") == 3
        assert "It is about you or about something of yours." in text

    def test_is_narrowed_to_what_is_not_read_and_to_a_kind(self, world: World, reader: Client) -> None:
        tell(of(world), world.employee, dedupe="first")
        reader.post("/notifications/read/", {"notification": str(rows(world.employee)[0].public_id)})
        tell(of(world), world.employee, dedupe="second", kind=GATHERED)
        assert "open first" not in page(reader, "/notifications/?show=unread")
        assert "open second" in page(reader, "/notifications/?show=unread")
        assert "open second" not in page(reader, f"/notifications/?kind={KIND}")
        assert "Nothing of this kind" in page(reader, "/notifications/?kind=entry_published")
        assert "open first" in page(reader, "/notifications/?kind=nonsense")

    def test_goes_on_where_the_page_ends(
        self, world: World, reader: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from social import notification_lists

        monkeypatch.setattr(notification_lists, "PAGE_SIZE", 2)
        for number in range(5):
            tell(of(world), world.employee, dedupe=f"event-{number}")
        seen, address = "", "/notifications/?show=unread"
        for _page in range(3):
            answer = reader.get(address, headers={"HX-Request": "true"})
            seen += answer.content.decode()
            following = answer.context["listed"].next
            address = f"/notifications/?show=unread&cursor={following}"
        assert following is None
        assert [f"open event-{number}" in seen for number in range(5)] == [True] * 5

    def test_costs_the_same_for_two_and_twelve(self, world: World, reader: Client) -> None:
        def cost() -> int:
            with CaptureQueriesContext(connection) as queries:
                page(reader)
            return len(queries)

        entries = [worlds.entry(f"entry-{number}", world.open, world.lead) for number in range(12)]
        for number, entry in enumerate(entries[:2]):
            tell(("entry", entry.key), world.employee, dedupe=f"few-{number}")
        page(reader)
        few = cost()
        for number, entry in enumerate(entries[2:]):
            tell(("entry", entry.key), world.employee, dedupe=f"many-{number}", actor=world.lead)
        assert cost() == few <= 8

    def test_shows_no_markup_of_others(self, world: World, reader: Client) -> None:
        world.entries["workshop-open"].pages.update(title="<script>alert(1)</script>")
        tell(of(world), world.employee)
        for address in ("/notifications/", "/notifications/latest/"):
            assert "<script>alert" not in page(reader, address)


class TestBell:
    def test_every_page_has_it_and_asks_nothing_for_it(self, world: World, reader: Client) -> None:
        text = page(reader, "/people/")
        assert f'data-bell="{world.employee.public_id}"' in text
        assert 'href="/notifications/"' in text

    def test_shows_the_latest(self, world: World, reader: Client) -> None:
        for number in range(9):
            tell(of(world), world.employee, dedupe=f"event-{number}")
        text = page(reader, "/notifications/latest/")
        assert text.count("News of") == 7
        assert "open event-8" in text

    def test_counts(self, world: World, reader: Client) -> None:
        tell(of(world), world.employee)
        answer = reader.get("/notifications/count/")
        assert answer.json() == {"count": 1, "shown": "1"}
        assert "no-store" in answer.headers["Cache-Control"]

    def test_the_count_is_one_read(self, world: World, reader: Client) -> None:
        reader.get("/notifications/count/")
        with CaptureQueriesContext(connection) as queries:
            reader.get("/notifications/count/")
        assert len(queries) <= 1 + 2  # and who is asking: session and person


class TestRead:
    def test_by_its_link_or_its_button(self, world: World, reader: Client) -> None:
        for number in range(2):
            tell(of(world), world.employee, dedupe=str(number))
        first = {"notification": str(rows(world.employee)[0].public_id)}
        answer = reader.post("/notifications/read/", first, headers={"Accept": "application/json"})
        assert answer.json() == {"count": 1, "shown": "1"}
        kind, key = of(world)
        answer = reader.post(
            "/notifications/read/", {"kind": kind, "key": str(key), "next": "/notifications/?show=unread"}
        )
        assert (answer.status_code, answer["Location"]) == (302, "/notifications/?show=unread")
        assert counted(world.employee) == 0

    def test_all_until_the_page_was_made(self, world: World, reader: Client) -> None:
        tell(of(world), world.employee)
        shown = reader.get("/notifications/").context["now"]
        tell(of(world), world.employee, dedupe="later")
        reader.post("/notifications/read/", {"until": shown.isoformat()})
        assert counted(world.employee) == 1

    @pytest.mark.parametrize("until", ["", "nonsense", "2026-13-45T00:00:00Z", "2026-01-01T00:00:00"])
    def test_a_moment_that_is_none_means_now(self, world: World, reader: Client, until: str) -> None:
        tell(of(world), world.employee)
        reader.post("/notifications/read/", {"until": until})
        assert counted(world.employee) == 0

    def test_goes_nowhere_else(self, reader: Client) -> None:
        answer = reader.post("/notifications/read/", {"next": "https://evil.example/"})
        assert answer["Location"] == "/"


class TestFollow:
    def test_begins_and_ends_by_the_same_button(self, world: World, reader: Client) -> None:
        kind, key = of(world)
        given = {"kind": kind, "key": str(key)}
        button = reader.post("/follows/", given, headers={"HX-Request": "true"}).content.decode()
        assert 'aria-pressed="true"' in button
        assert Follow.objects.get().user == world.employee
        reader.post("/follows/", given)
        assert Follow.objects.count() == 1
        button = reader.post("/follows/", {**given, "follow": "no"}, headers={"HX-Request": "true"})
        assert 'aria-pressed="false"' in button.content.decode()
        assert not Follow.objects.exists()

    def test_stands_beside_communities_people_entries_and_competences(
        self, world: World, reader: Client
    ) -> None:
        competence = Competence.add_root(slug="welding", name_en="Welding")
        entry = world.entries["workshop-open"]
        for address, key in (
            (world.open.get_absolute_url(), world.open.public_id),
            (world.lead.get_absolute_url(), world.lead.public_id),
            ("/people/?competence=welding", competence.public_id),
            (entry.pages.get().url, entry.key),
        ):
            assert f"key={key}" in page(reader, address), address

    def test_of_oneself_there_is_no_button(self, world: World, reader: Client) -> None:
        assert "/follows/" not in page(reader, world.employee.get_absolute_url())

    def test_what_one_may_not_see_any_more_can_be_left(self, world: World, reader: Client) -> None:
        kind, key = of(world, "boardroom-open")
        Follow.objects.create(
            user=world.employee, subject_kind=kind, subject_key=key, since="2026-01-01T00:00Z"
        )
        answer = reader.post("/follows/", {"kind": kind, "key": str(key), "follow": "no"})
        assert (answer.status_code, Follow.objects.count()) == (302, 0)

    def test_ends_a_mute(self, world: World) -> None:
        user = User.objects.get(pk=world.employee.pk)
        follows.mute(user=user, subject=of(world))
        follows.follow(user=user, subject=of(world))
        assert not Mute.objects.exists()

    def test_not_without_end(self, world: World, reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(follows, "MOST", 0)
        kind, key = of(world)
        reader.post("/follows/", {"kind": kind, "key": str(key)})
        assert not Follow.objects.exists()


class TestMute:
    def test_and_hear_again(self, world: World, reader: Client) -> None:
        kind, key = of(world)
        reader.post("/mutes/", {"kind": kind, "key": str(key)})
        assert "Hear of it again" in page(reader, "/notifications/settings/")
        reader.post("/mutes/", {"kind": kind, "key": str(key), "mute": "no"})
        assert not Mute.objects.exists()


class TestSettings:
    def chosen(self, reader: Client, **changed: Any) -> dict[str, Any]:
        form = reader.get("/notifications/settings/").context["kinds_form"]
        given = {name: field.initial for name, field in form.fields.items()}
        return {"part": "kinds", **{k: v for k, v in given.items() if v is not False}, **changed}

    def test_the_default_leaves_no_row(self, world: World, reader: Client) -> None:
        reader.post("/notifications/settings/", self.chosen(reader))
        assert not Preference.objects.exists()

    def test_each_kind_by_each_channel(self, world: World, reader: Client) -> None:
        given = self.chosen(reader, **{"entry_published-email": "weekly"})
        del given["entry_published-in_app"]
        reader.post("/notifications/settings/", given)
        kept = set(Preference.objects.values_list("kind", "channel", "cadence"))
        assert kept == {("entry_published", "email", "weekly"), ("entry_published", "in_app", "off")}
        assert 'value="weekly" selected' in page(reader, "/notifications/settings/")

    def test_hours(self, world: World, reader: Client) -> None:
        given = {
            "part": "hours",
            "has_quiet_hours": "on",
            "quiet_from": "21:30",
            "quiet_until": "07:00",
            "quiet_days": ["5", "6"],
            "digest_at": "09:15",
            "digest_weekday": "2",
        }
        reader.post("/notifications/settings/", given)
        kept = NotificationSettings.objects.get(user=world.employee)
        assert (kept.has_quiet_hours, kept.quiet_days, kept.digest_weekday) == (True, [5, 6], 2)
        assert (str(kept.quiet_from), str(kept.digest_at)) == ("21:30:00", "09:15:00")
        answer = reader.post("/notifications/settings/", {**given, "quiet_days": list("0123456")})
        assert b"Leave one day" in answer.content

    def test_names_what_is_followed_in_a_number_of_queries_that_does_not_grow(
        self, world: World, reader: Client
    ) -> None:
        def cost() -> int:
            with CaptureQueriesContext(connection) as queries:
                page(reader, "/notifications/settings/")
            return len(queries)

        user = User.objects.get(pk=world.employee.pk)
        entries = [worlds.entry(f"entry-{number}", world.open, world.lead) for number in range(9)]
        follows.follow(user=user, subject=("entry", entries[0].key))
        few = cost()
        for entry in entries:
            follows.follow(user=user, subject=("entry", entry.key))
        assert cost() == few
        assert page(reader, "/notifications/settings/").count("Title of entry-") >= 9

    def test_hours_of_somebody_who_bounced_stay_as_they_are(self, world: World) -> None:
        notification_settings.note_bounce(user_id=world.employee.pk, answer="550 no")
        notification_settings.trust_address(user=world.employee)
        assert NotificationSettings.objects.get(user=world.employee).bounced_at is None
