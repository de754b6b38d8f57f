"""Nothing of a classified entry or community shows anywhere in the admin to whom it is not meant for."""

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from django.test import Client
from wagtail.log_actions import log
from wagtail.rich_text import RichText

from people.choices import Access
from people.models import User
from people.services import break_glass, memberships
from tests import world as worlds
from tests.admin import surfaces

SignIn = Callable[[User | None], Client]


@pytest.fixture
def vault(world: worlds.World) -> surfaces.Secret:
    """In a community that only its members know of."""
    return surfaces.keep("deepvault", world.classified, Access.OPEN, world.lead)


@pytest.fixture
def aside(world: worlds.World) -> surfaces.Secret:
    """Classified, in a community that everybody reads."""
    return surfaces.keep("asidenote", world.open, Access.CLASSIFIED, world.lead)


@pytest.fixture
def superuser(db: None) -> User:
    return User.objects.create_superuser("root@example.org", worlds.PASSWORD, name="Root")


@pytest.fixture(params=["vault", "aside"])
def secret(request: pytest.FixtureRequest) -> surfaces.Secret:
    return request.getfixturevalue(request.param)


@pytest.fixture
def both(vault: surfaces.Secret, aside: surfaces.Secret) -> tuple[surfaces.Secret, surfaces.Secret]:
    return vault, aside


@pytest.fixture(params=["curator", "moderator"])
def outsider(request: pytest.FixtureRequest, world: worlds.World) -> User:
    return getattr(world, request.param)


def text_of(response: Any) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"".join(book.read(part) for part in book.namelist())
    return content.decode("utf-8", errors="replace")


def lists_told(
    client: Client, secrets: Iterable[surfaces.Secret]
) -> Iterator[tuple[str, surfaces.Secret, str]]:
    """Every list for every secret: its name and what it says. Lists that are the same for all are asked once."""
    told: dict[str, str] = {}
    for name, address in surfaces.LISTS:
        for secret in secrets:
            place = address(secret)
            if place not in told:
                response = client.get(place)
                assert response.status_code in {200, 302, 403, 404}, (name, response.status_code)
                told[place] = text_of(response)
            yield name, secret, told[place]


@pytest.mark.slow
class TestOutsiders:
    def test_no_list_names_a_secret(
        self, sign_in: SignIn, both: tuple[surfaces.Secret, surfaces.Secret], outsider: User
    ) -> None:
        words = {secret.word for secret in both}
        told = lists_told(sign_in(outsider), both)
        assert [name for name, _secret, text in told if any(word in text for word in words)] == []

    def test_what_is_named_is_not_there(
        self, sign_in: SignIn, secret: surfaces.Secret, outsider: User
    ) -> None:
        client = sign_in(outsider)
        found = {name: client.get(address(secret)).status_code for name, address in surfaces.NAMED}
        assert {name: code for name, code in found.items() if code != 404} == {}

    def test_a_classified_community_is_not_there(
        self, sign_in: SignIn, vault: surfaces.Secret, outsider: User
    ) -> None:
        client = sign_in(outsider)
        assert {client.get(address(vault)).status_code for _name, address in surfaces.COMMUNITY} == {404}
        communities = text_of(client.get(surfaces.reverse("managed_community:index")))
        assert "Workshop" in communities
        assert "Vault" not in communities

    def test_changing_what_is_named_changes_nothing(
        self, sign_in: SignIn, secret: surfaces.Secret, outsider: User
    ) -> None:
        client = sign_in(outsider)
        for _name, address in surfaces.NAMED:
            assert client.post(address(secret), {"title": "taken"}).status_code in {404, 405}
        secret.page.refresh_from_db()
        assert (secret.page.live, secret.page.locked) == (True, True)


class TestInsiders:
    """The same lists do name the secret to those it is for: the tests above would notice it."""

    EMPTY = {
        # Answers with what was typed, or with something else than entries.
        "tags spelt twice", "unused tags", "synonyms",
        "search queries", "search queries, results", "search queries as a table",
        "start", "uploading pictures", "uploading documents", "log", "client tokens", "people", "page types",
        "log as a table", "client tokens as a table", "report of reviews as a table",
        "report of review tasks as a table",
        "communities", "communities as a table", "success stories", "explorer at the root", "page chooser",
        "page chooser in the community's parent", "tags of files typed", "report of reviews",
        "report of review tasks", "explorer of the parent", "bulk publishing of all",
        "report: reviews", "report: reviews?export=csv", "report: content", "report: content?export=csv", "reports",
        "bulk changes",
    }  # fmt: skip

    @pytest.mark.slow
    def test_a_superuser_finds_the_secrets(
        self, sign_in: SignIn, both: tuple[surfaces.Secret, surfaces.Secret], superuser: User
    ) -> None:
        client = sign_in(superuser)
        told = lists_told(client, both)
        silent = [
            (name, secret.word)
            for name, secret, text in told
            if name not in self.EMPTY and secret.word not in text
        ]
        assert silent == []
        for secret in both:
            found = {name: client.get(address(secret)).status_code for name, address in surfaces.NAMED}
            absent = {name for name, code in found.items() if code not in {200, 302, 405}}
            # No page is an alias, and addresses of pictures are never generated.
            assert absent == {"page: convert_alias", "picture: address"}

    @pytest.mark.slow
    def test_a_moderator_who_broke_the_glass_works_there_while_it_is_open(
        self, sign_in: SignIn, world: worlds.World, vault: surfaces.Secret
    ) -> None:
        address = dict(surfaces.NAMED)["page: edit"](vault)
        assert sign_in(world.moderator).get(address).status_code == 404
        break_glass.enter(
            user=world.moderator, community=world.classified, reason="A report of bullying, case 17."
        )
        assert sign_in(User.objects.get(pk=world.moderator.pk)).get(address).status_code == 200
        assert sign_in(world.curator).get(address).status_code == 404

    def test_a_lead_of_the_classified_community_edits_it_and_sees_no_other(
        self, sign_in: SignIn, world: worlds.World, vault: surfaces.Secret
    ) -> None:
        memberships.make_lead(user=world.colleague, community=world.classified, by=None)
        client = sign_in(User.objects.get(pk=world.colleague.pk))
        assert client.get(dict(surfaces.NAMED)["page: edit"](vault)).status_code == 200
        entries = text_of(client.get(surfaces.reverse("entry:index")))
        assert vault.word in entries
        assert "Title of workshop" not in entries


class TestLinks:
    """A lead may link to a secret from a page that others edit too."""

    @pytest.fixture
    def linking(self, world: worlds.World, secret: surfaces.Secret) -> Any:
        page = world.entries["workshop-open"].pages.get().specific
        page.body = [
            ("text", RichText(f'<p>See <a linktype="page" id="{secret.page.pk}">here</a>.</p>')),
            ("related", {"caption": "", "entries": [secret.page.entrypage_ptr]}),
        ]
        page.save_revision(user=world.lead).publish()
        return page

    @pytest.mark.slow
    def test_a_comparison_of_revisions_does_not_name_it(
        self, sign_in: SignIn, linking: Any, secret: surfaces.Secret, outsider: User, superuser: User
    ) -> None:
        """Where the link is new, where it stays, and where it is gone."""
        page = linking.specific
        page.title = "Another title"
        page.save_revision(user=outsider)
        page.body = [("text", RichText("<p>Nothing is linked any more.</p>"))]
        page.save_revision(user=outsider)
        first, linked, kept, gone = page.revisions.order_by("pk").values_list("pk", flat=True)
        pairs = [(first, linked), (linked, kept), (kept, gone), ("earliest", "latest"), (linked, "live")]
        told, named = [], []
        for pair in pairs:
            address = surfaces.reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, *pair])
            response = sign_in(outsider).get(address)
            assert response.status_code == 200
            told += [pair] if secret.word in text_of(response) else []
            named += [pair] if secret.word in text_of(sign_in(superuser).get(address)) else []
        assert told == []
        assert {(first, linked), (kept, gone)} <= set(named), "to whom it is open, it is named"

    @pytest.mark.slow
    def test_the_editor_does_not_say_where_it_leads_and_keeps_it(
        self, sign_in: SignIn, linking: Any, secret: surfaces.Secret, outsider: User, superuser: User
    ) -> None:
        address = surfaces.reverse("wagtailadmin_pages:edit", args=[linking.pk])
        assert secret.word in text_of(sign_in(superuser).get(address))
        client = sign_in(outsider)
        told = []
        for name in ("edit", "history", "usage", "view_draft", "copy"):
            response = client.get(surfaces.reverse(f"wagtailadmin_pages:{name}", args=[linking.pk]))
            assert response.status_code == 200, name
            if secret.word in text_of(response):
                told.append(name)
        assert told == []
        editor = text_of(client.get(address))
        assert f"&quot;id&quot;: {secret.page.pk}" in editor.replace("\\", "")


class TestHistory:
    """What was done to something else than a page is kept in one table for the whole site."""

    ADDRESS = surfaces.reverse("wagtailadmin_reports:site_history") + "?export=csv"

    @pytest.mark.slow
    def test_it_names_no_community_that_one_does_not_know(
        self, sign_in: SignIn, world: worlds.World, outsider: User, superuser: User
    ) -> None:
        for community in (world.open, world.closed, world.classified):
            log(community, "wagtail.edit", user=world.lead)
        history = text_of(sign_in(outsider).get(self.ADDRESS))
        assert ("Workshop" in history, "Boardroom" in history, "Vault" in history) == (True, True, False)
        assert "Vault" in text_of(sign_in(superuser).get(self.ADDRESS))

    @pytest.mark.slow
    def test_what_is_gone_is_not_named_any_more(
        self, sign_in: SignIn, aside: surfaces.Secret, outsider: User
    ) -> None:
        aside.page.tags.clear()
        aside.page.save()
        log(aside.tag, "wagtail.delete", deleted=True)
        aside.tag.delete()
        assert aside.word not in text_of(sign_in(outsider).get(self.ADDRESS))


@pytest.mark.slow
@pytest.mark.parametrize("address", ["wagtailadmin_explore_root", "wagtailadmin_reports:site_history"])
def test_filters_name_nobody_who_only_works_on_secrets(
    sign_in: SignIn, world: worlds.World, superuser: User, address: str
) -> None:
    hermit = worlds.person("hermit@example.org", name="Hermit")
    surfaces.keep("deepvault", world.classified, Access.OPEN, hermit)
    address = surfaces.reverse(address)
    assert "hermit" in text_of(sign_in(superuser).get(address)).lower()
    assert "hermit" not in text_of(sign_in(world.curator).get(address)).lower()


class TestTheDoor:
    def test_only_people_with_the_right_come_in(self, sign_in: SignIn, world: worlds.World) -> None:
        codes = {name: sign_in(user).get("/admin/").status_code for name, user in world.people.items()}
        assert codes == {
            "visitor": 302,
            "employee": 403,
            "reservist": 403,
            "expert": 403,
            "curator": 200,
            "moderator": 200,
            "lead": 200,
            "member": 403,
        }

    def test_who_may_not_come_in_is_told_so_and_sent_nowhere(
        self, sign_in: SignIn, world: worlds.World
    ) -> None:
        response = sign_in(world.employee).get("/admin/pages/", follow=True)
        assert response.status_code == 403
        assert response.redirect_chain == []

    def test_the_wagtail_password_pages_are_closed(self, client: Client, world: worlds.World) -> None:
        response = client.get("/admin/login/")
        assert response.status_code == 302
        assert response.url.startswith("/accounts/login/")

    def test_a_role_taken_away_closes_the_door(self, sign_in: SignIn, world: worlds.World) -> None:
        client = sign_in(world.curator)
        assert client.get("/admin/").status_code == 200
        world.curator.groups.set([])
        assert client.get("/admin/").status_code == 403
