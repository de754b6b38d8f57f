"""What the kinds of people/ and knowledge/ tell whom: through the services that people use."""

from typing import Any

import pytest

from knowledge.models import Entry, EntryAuthor
from people.models import Competence, User
from social.models import Delivery, NotificationEvent
from social.services import follows
from tests import world as worlds
from tests.social.news import counted, send_mails, told
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(django_capture_on_commit_callbacks: Any) -> Any:
    return lambda: django_capture_on_commit_callbacks(execute=True)


def follow(user: User, kind: str, key: Any) -> None:
    follows.follow(user=User.objects.get(pk=user.pk), subject=(kind, key))


def publish(entry: Entry, title: str = "") -> None:
    page = entry.pages.get().specific
    page.title = title or page.title
    page.save_revision().publish()


class TestNewEntry:
    def test_is_told_to_followers_of_its_community_author_and_competence(
        self, world: World, run: Any
    ) -> None:
        entry = world.entries["draft"]
        competence = Competence.add_root(slug="welding", name_en="Welding")
        entry.competences.add(competence)
        entry.save()
        EntryAuthor.objects.create(entry=entry, user=world.expert)
        follow(world.employee, "community", world.open.public_id)
        follow(world.colleague, "person", world.expert.public_id)
        follow(world.reservist, "competence", competence.public_id)
        follow(world.lead, "community", world.open.public_id)
        with run():
            publish(Entry.objects.get(pk=entry.pk))
        for user in (world.employee, world.colleague, world.reservist):
            assert told(user) == ["New in “Workshop”: “Title of draft”"]
        assert (told(world.lead), told(world.expert)) == ([], []), "owner and author know it"
        assert set(Delivery.objects.values_list("is_digest", flat=True)) == {True}

    def test_is_told_once_however_often_it_is_published(self, world: World, run: Any) -> None:
        follow(world.employee, "community", world.open.public_id)
        entry = world.entries["draft"]
        for _time in range(2):
            with run():
                publish(Entry.objects.get(pk=entry.pk))
            with run():
                entry.pages.get().specific.unpublish()
        assert NotificationEvent.objects.filter(kind="entry_published").count() == 1

    def test_without_followers_leaves_no_trace(self, world: World, run: Any) -> None:
        with run():
            publish(world.entries["draft"])
        assert not NotificationEvent.objects.exists()

    def test_of_a_closed_community_is_told_to_members_alone(self, world: World, run: Any) -> None:
        for user in (world.employee, world.member):
            follow(user, "community", world.closed.public_id)
        with run():
            worlds.entry("secret", world.closed, world.lead)
        assert (told(world.employee), counted(world.member)) == ([], 1)

    def test_is_said_in_the_language_of_the_reader(self, world: World, run: Any) -> None:
        follow(world.employee, "community", world.open.public_id)
        entry = world.entries["draft"]
        with run():
            publish(entry)
            worlds.entry(
                "draft-ru", world.open, world.lead, language="ru", translation_of=entry, title="Заголовок"
            )
        User.objects.filter(pk=world.employee.pk).update(language="ru")
        assert "Заголовок" in told(world.employee)[0]


class TestNewVersion:
    def test_is_told_to_followers_of_the_entry_once_a_day(self, world: World, run: Any) -> None:
        entry = world.entries["workshop-open"]
        follow(world.employee, "entry", entry.key)
        for number in range(2):
            with run():
                publish(Entry.objects.get(pk=entry.pk), f"Version {number}")
        assert told(world.employee) == ["There is a new version of “Version 1”"]


class TestLeaving:
    def test_a_digest_has_nothing_of_a_community_that_was_left(self, world: World, run: Any) -> None:
        from people.services import memberships

        follow(world.member, "community", world.closed.public_id)
        follow(world.member, "community", world.open.public_id)
        with run():
            worlds.entry("secret", world.closed, world.lead)
            worlds.entry("public", world.open, world.lead)
        memberships.leave(user=world.member, community=world.closed)
        (letter,) = send_mails(days=1)
        assert "Title of public" in letter.body
        assert "secret" not in letter.body + str(letter.alternatives)
        assert letter.subject == "1 thing is new for you"
