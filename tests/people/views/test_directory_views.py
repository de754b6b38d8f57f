from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from knowledge.models import EntryAuthor
from people.models import Competence, User
from people.roles import Role
from people.services import people
from tests.people.staff import Staff
from tests.people.views.test_profile_views import photo
from tests.world import World, community, entry, person

SignIn = Callable[[User | None], Client]


def text_of(response) -> str:
    return response.content.decode()


def found(client: Client, query: str = "") -> list[str]:
    return [user.name for user in client.get(f"/people/?{query}").context["page"].object_list]


@pytest.fixture
def crew(staff: Staff) -> Staff:
    """Staff with things to be found by."""
    repair = Competence.add_root(slug="repair", name_en="Repair", name_ru="Ремонт")
    repair.add_child(slug="welding", name_en="Welding", name_ru="Сварка")
    staff.expert.competences.add(Competence.objects.get(slug="welding"))
    User.objects.filter(pk=staff.expert.pk).update(reading_languages=["ru", "en"], job="Сварщик")
    staff.enterprise.add_child(slug="pumps-it", kind="department", name="IT")
    return staff


class TestPeople:
    def test_what_somebody_sees_is_kept_for_nobody_else(self, crew: Staff, sign_in: SignIn) -> None:
        for address in ("/people/", "/communities/", "/no-such-page/"):
            answer = sign_in(crew.employee).get(address)
            assert answer.headers["Cache-Control"] == "private, no-cache", address

    @pytest.mark.parametrize(
        ("query", "names"),
        [
            ("q=egon", ["Egon Expert"]),
            ("q=EGON+exp", ["Egon Expert"]),
            ("q=сварщ", ["Egon Expert"]),
            ("q=СВАРЩ", ["Egon Expert"]),
            ("q=ремонт", []),
            ("q=сварка", ["Egon Expert"]),
            ("q=welding", ["Egon Expert"]),
            ("q=.*", []),
            ("q=%00", None),
            ("enterprise=pumps", ["Egon Expert", "Emil Employee"]),
            ("competence=repair", ["Egon Expert"]),
            ("competence=welding&language=ru", ["Egon Expert"]),
            ("language=he", []),
            ("role=expert", ["Egon Expert"]),
            ("enterprise=pumps&role=expert", ["Egon Expert"]),
        ],
    )
    def test_filters(self, crew: Staff, sign_in: SignIn, query: str, names: list[str] | None) -> None:
        names = sorted(User.objects.values_list("name", flat=True)) if names is None else names
        assert found(sign_in(crew.employee), query) == names

    @pytest.mark.parametrize(
        "query",
        ["enterprise=none", "competence=none", "department=none", "role=king&sort=x&page=x", "page=999", "language=xx",
         "q=" + "x" * 5000, "enterprise=" + "&enterprise=".join(map(str, range(200)))],
    )  # fmt: skip
    def test_what_does_not_exist_is_no_error(self, crew: Staff, sign_in: SignIn, query: str) -> None:
        assert sign_in(crew.employee).get(f"/people/?{query}").status_code == 200

    def test_empty_says_what_to_do(self, crew: Staff, sign_in: SignIn) -> None:
        page = text_of(sign_in(crew.employee).get("/people/?q=nobodyatall"))
        assert "Nobody matches" in page
        assert "Show everybody" in page

    def test_chips_take_one_filter_away(self, crew: Staff, sign_in: SignIn) -> None:
        response = sign_in(crew.employee).get("/people/?q=e&enterprise=pumps&role=expert&page=1")
        chips = {chip["label"]: chip["remove_url"] for chip in response.context["chips"]}
        assert chips == {
            "“e”": "?enterprise=pumps&role=expert",
            "Pumps": "?q=e&role=expert",
            "Experts only": "?q=e&enterprise=pumps",
        }

    def test_departments_are_offered_within_an_enterprise(self, crew: Staff, sign_in: SignIn) -> None:
        client = sign_in(crew.employee)
        facets = {facet["name"]: facet for facet in client.get("/people/").context["facets"]}
        assert facets["department"]["options"] == []
        assert [option["count"] for option in facets["enterprise"]["options"]] == [2]
        facets = {facet["name"]: facet for facet in client.get("/people/?enterprise=pumps").context["facets"]}
        assert [option["label"] for option in facets["department"]["options"]] == ["IT"]

    def test_who_left_is_not_in_it(self, crew: Staff, sign_in: SignIn) -> None:
        people.deactivate(user=crew.expert, by=crew.moderator)
        client = sign_in(crew.employee)
        assert "Egon Expert" not in found(client)
        assert client.get(f"/people/{crew.expert.public_id}/").status_code == 404

    def test_costs_the_same_for_few_and_many(self, crew: Staff, sign_in: SignIn) -> None:
        client = sign_in(crew.employee)
        people.set_photo(user=crew.expert, upload=photo())
        assert User.objects.get(pk=crew.expert.pk).photo_url

        def cost() -> int:
            client.get("/people/?enterprise=pumps")
            with CaptureQueriesContext(
                connection,
            ) as queries:
                client.get("/people/?enterprise=pumps")
            return len(queries)

        few = cost()
        for number in range(10):
            one = person(
                f"p{number}@example.org", Role.EXPERT, name=f"P {number}", enterprise=crew.enterprise
            )
            one.competences.add(Competence.objects.get(slug="repair"))
            people.set_photo(user=one, upload=photo())
            assert User.objects.get(pk=one.pk).photo_url
        assert cost() == few
        assert few <= 8 + 2  # and who is asking: session and person


class TestPerson:
    def test_shows_the_card(self, crew: Staff, sign_in: SignIn) -> None:
        page = text_of(sign_in(crew.employee).get(f"/people/{crew.expert.public_id}/"))
        for shown in ("Egon Expert", "Сварщик", "Pumps", "Welding", "expert@example.org", "UTC", "Русский"):
            assert shown in page

    def test_shows_only_communities_and_entries_that_the_reader_may_see(
        self, world: World, sign_in: SignIn
    ) -> None:
        lead = f"/people/{world.lead.public_id}/"
        for written in world.entries.values():
            EntryAuthor.objects.create(entry=written, user=world.lead)
        page = text_of(sign_in(world.employee).get(lead))
        assert "Workshop" in page
        assert "Boardroom" in page  # a closed community may be known of
        assert "Vault" not in page
        assert "Title of workshop-open" in page
        for hidden in ("workshop-classified", "boardroom-open", "vault-open", "draft"):
            assert f"Title of {hidden}" not in page
        page = text_of(sign_in(world.member).get(lead))
        assert "Vault" in page
        assert "Title of vault-open" in page
        assert "Title of vault-classified" not in page

    def test_a_stranger_has_no_card(self, crew: Staff, sign_in: SignIn) -> None:
        stranger = person("stranger@example.org")
        client = sign_in(stranger)
        assert found(client) == []
        assert client.get(f"/people/{crew.expert.public_id}/").status_code == 404
        assert client.get("/people/00000000-0000-0000-0000-000000000000/").status_code == 404

    def test_costs_the_same_for_few_and_many(self, world: World, sign_in: SignIn) -> None:
        client = sign_in(world.employee)
        address = f"/people/{world.lead.public_id}/"
        EntryAuthor.objects.create(entry=world.entries["workshop-open"], user=world.lead)

        def cost() -> int:
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            return len(queries)

        few = cost()
        for number in range(3):
            where = community(f"more-{number}", world.lead)
            written = entry(f"extra-{number}", where, world.lead)
            EntryAuthor.objects.create(entry=written, user=world.lead)
        assert cost() == few
        assert few <= 12
