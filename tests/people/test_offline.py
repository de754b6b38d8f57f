"""What a browser is told it may keep: what every employee may read, for one session."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from people import offline
from people.choices import Access
from people.models import User
from tests import world as worlds

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | None], Client]
OPEN = "/en/communities/workshop/workshop-open/"


@pytest.fixture(autouse=True)
def keeping(settings: Settings) -> None:
    settings.OFFLINE_READING = True


class TestReader:
    def test_is_told_by_session(self, sign_in: SignIn, world: worlds.World) -> None:
        first = sign_in(world.employee).get(OPEN).headers[offline.READER]
        assert sign_in(world.colleague).get(OPEN).headers[offline.READER] != first
        again = sign_in(world.employee)
        second = again.get(OPEN).headers[offline.READER]
        assert second != first
        assert again.get("/catalogue/").headers[offline.READER] == second
        assert again.session.session_key not in second

    def test_of_a_visitor_nothing_is_told(self, sign_in: SignIn, world: worlds.World) -> None:
        for path in ("/", "/accounts/login/", OPEN):
            assert offline.READER not in sign_in(None).get(path).headers

    def test_nothing_is_told_where_nothing_is_kept(
        self, sign_in: SignIn, world: worlds.World, settings: Settings
    ) -> None:
        settings.OFFLINE_READING = False
        headers = sign_in(world.employee).get(OPEN).headers
        assert offline.READER not in headers
        assert offline.KEEP not in headers


class TestKeep:
    def kept(self, client: Client, path: str) -> str | None:
        answer = client.get(path)
        assert answer.status_code == 200
        return answer.headers.get(offline.KEEP)

    def test_what_every_employee_may_read(self, sign_in: SignIn, world: worlds.World) -> None:
        assert self.kept(sign_in(world.employee), OPEN) == "yes"

    @pytest.mark.parametrize(
        "slug", ["workshop-closed", "workshop-classified", "boardroom-open", "vault-open"]
    )
    def test_nothing_that_is_for_some(self, sign_in: SignIn, world: worlds.World, slug: str) -> None:
        assert self.kept(sign_in(world.lead), world.entries[slug].pages.get().get_url()) is None

    @pytest.mark.parametrize("named", ["workshop-classified", "vault-open"])
    def test_no_page_that_names_to_the_reader_what_is_classified(
        self, sign_in: SignIn, world: worlds.World, named: str
    ) -> None:
        other = world.entries[named].pages.get()
        page = world.entries["workshop-open"].pages.get().specific
        page.body = [("text", f'<p><a linktype="page" id="{other.pk}">there</a></p>')]
        page.save_revision().publish()
        assert self.kept(sign_in(world.lead), OPEN) is None
        assert self.kept(sign_in(world.employee), OPEN) == "yes"

    @pytest.mark.parametrize("path", ["/", "/catalogue/", "/people/", "/communities/workshop/", "/profile/"])
    def test_no_other_page(self, sign_in: SignIn, world: worlds.World, path: str) -> None:
        User.objects.update(welcomed_at="2026-01-01T00:00Z")
        assert sign_in(world.employee).get(path).headers.get(offline.KEEP) is None

    def test_a_message_is_for_this_once(self, sign_in: SignIn, world: worlds.World) -> None:
        client = sign_in(world.employee)
        client.post("/communities/boardroom/join/")
        assert self.kept(client, OPEN) == "before"

    def test_what_became_closed_is_kept_no_longer(self, sign_in: SignIn, world: worlds.World) -> None:
        client = sign_in(world.member)
        assert self.kept(client, OPEN) == "yes"
        entry = world.entries["workshop-open"]
        entry.access = Access.CLOSED
        entry.save()
        assert self.kept(client, OPEN) is None
