"""Competences are merged and split; people, entries and old addresses follow."""

from threading import Event, Thread
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, connections, transaction
from django.test import Client
from django.urls import reverse

from core.models import AuditEntry, Job
from knowledge.models import Entry
from people import competence_holders
from people.models import Competence, FormerCompetence, User
from people.roles import Role
from people.services import competences, trees
from tests import world as worlds
from tests.social.talk import topic
from tests.world import World


@pytest.fixture
def tree(db: None) -> dict[str, Competence]:
    """Machines with pumps, which has seals; beside it pumping."""
    machines = Competence.add_root(slug="machines", name_en="Machines")
    pumps = machines.add_child(slug="pumps", name_en="Pumps")
    pumps.add_child(slug="seals", name_en="Seals")
    Competence.objects.get(pk=machines.pk).add_child(slug="pumping", name_en="Pumping", name_ru="Перекачка")
    return {row.slug: row for row in Competence.objects.all()}


def again(node: Competence) -> Competence:
    return Competence.objects.get(pk=node.pk)


class TestMerge:
    def test_people_entries_and_what_stands_below_follow(
        self, world: World, tree: dict[str, Competence]
    ) -> None:
        entry = world.entries["workshop-open"]
        entry.competences.set([tree["pumps"], tree["pumping"]])
        entry.save()
        world.expert.competences.add(tree["pumps"])
        world.employee.skills.add(tree["pumps"])
        about_it = topic(world.open, world.member, competences=(tree["pumps"],))
        competences.merge(competence=tree["pumps"], into=tree["pumping"], by=world.curator)
        stays = again(tree["pumping"])
        assert list(about_it.competences.all()) == [stays]
        assert list(Entry.objects.get(pk=entry.pk).competences.all()) == [stays]
        assert list(world.expert.competences.all()) == list(world.employee.skills.all()) == [stays]
        assert again(tree["seals"]).get_parent() == stays
        assert not Competence.find_problems()[0]
        assert not Competence.objects.filter(slug="pumps").exists()
        record = AuditEntry.objects.get(action="competence.merged")
        held = {"experts": 1, "skilled": 1, "entries": 1, "topics": 1}
        assert record.details == {"merged": tree["pumps"].pk, **held}
        assert {
            job.arguments["args"][0] for job in Job.objects.filter(task="core.tasks.announce_carriers")
        } >= {
            "people by competence",
            "entries by competence",
        }

    def test_chains_of_former_words_lead_to_the_last(self, world: World, tree: dict[str, Competence]) -> None:
        competences.merge(competence=tree["seals"], into=tree["pumps"], by=world.curator)
        competences.merge(competence=again(tree["pumps"]), into=tree["pumping"], by=world.curator)
        node = again(tree["pumping"])
        node.slug = "fluid-handling"
        trees.change(node=node, parent=node.get_parent(), by=world.curator)
        leads = dict(FormerCompetence.objects.values_list("slug", "leads_to__slug"))
        assert leads == dict.fromkeys(("seals", "pumps", "pumping"), "fluid-handling")

    @pytest.mark.parametrize("into", ["pumps", "seals"])
    def test_not_into_itself_or_below(self, world: World, tree: dict[str, Competence], into: str) -> None:
        with pytest.raises(trees.NodeRefused):
            competences.merge(competence=tree["pumps"], into=tree[into], by=world.curator)
        assert Competence.objects.count() == 4

    def test_twice_and_without_the_right_is_refused(self, world: World, tree: dict[str, Competence]) -> None:
        with pytest.raises(PermissionDenied):
            competences.merge(competence=tree["pumps"], into=tree["pumping"], by=world.expert)
        competences.merge(competence=tree["pumps"], into=tree["pumping"], by=world.curator)
        with pytest.raises(trees.NodeRefused):
            competences.merge(competence=tree["pumps"], into=tree["pumping"], by=world.curator)

    def test_who_chose_the_one_that_goes_gets_the_one_that_stays(
        self, world: World, tree: dict[str, Competence]
    ) -> None:
        competences.merge(competence=tree["pumps"], into=tree["pumping"], by=world.curator)
        world.expert.competences.add(tree["pumps"].pk)
        world.expert.skills.set([tree["pumping"].pk, tree["pumps"].pk])
        assert (
            list(world.expert.competences.all())
            == list(world.expert.skills.all())
            == [again(tree["pumping"])]
        )


class TestSplit:
    def test_the_chosen_get_the_parts(self, world: World, tree: dict[str, Competence]) -> None:
        for person in (world.expert, world.lead):
            person.competences.add(tree["pumps"])
        chosen = {"experts": User.objects.filter(pk=world.expert.pk)}
        parts = [tree["seals"], tree["pumping"]]
        assert competences.split(competence=tree["pumps"], chosen=chosen, parts=parts, by=world.curator) == 1
        assert set(world.expert.competences.all()) == set(parts)
        assert list(world.lead.competences.all()) == [tree["pumps"]]

    def test_a_part_that_is_the_competence_itself_leaves_it(
        self, world: World, tree: dict[str, Competence]
    ) -> None:
        world.expert.competences.add(tree["pumps"])
        chosen = {"experts": User.objects.all()}
        parts = [tree["pumps"], tree["seals"]]
        competences.split(competence=tree["pumps"], chosen=chosen, parts=parts, by=world.curator)
        assert set(world.expert.competences.all()) == set(parts)


class TestAdmin:
    def test_the_preview_counts_what_the_person_may_see(
        self, sign_in: Any, world: World, tree: dict[str, Competence]
    ) -> None:
        for name in ("workshop-open", "workshop-classified", "vault-open"):
            world.entries[name].competences.set([tree["pumps"]])
            world.entries[name].save()
        counted = dict(competence_holders.counts(tree["pumps"], world.viewer("curator")))
        assert {str(label): number for label, number in counted.items()}["Entries"] == 1
        page = (
            sign_in(world.curator).get(reverse("competence:split", args=[tree["pumps"].pk])).content.decode()
        )
        assert "Title of workshop-open" in page
        assert "Title of workshop-classified" not in page
        assert "Title of vault-open" not in page

    def test_a_curator_merges_and_old_addresses_lead_on(
        self, sign_in: Any, world: World, tree: dict[str, Competence]
    ) -> None:
        world.entries["workshop-open"].competences.set([tree["pumps"]])
        world.entries["workshop-open"].save()
        client: Client = sign_in(world.curator)
        address = reverse("competence:merge", args=[tree["pumps"].pk])
        assert client.post(address, {"into": tree["seals"].pk}).status_code == 200
        assert client.post(address, {"into": tree["pumping"].pk}).status_code == 302
        assert client.get("/catalogue/?competence=pumps")["Location"] == "?competence=pumping"
        people = client.get("/people/?competence=pumps&q=x")
        assert people["Location"] == "?competence=pumping&q=x"
        items = client.get("/api/v1/entries?competence=pumps").json()["items"]
        assert [item["competences"] for item in items] == [["pumping"]]
        roots = client.get("/api/v1/competences").json()["items"]
        assert roots[0]["children"][0]["former_slugs"] == ["pumps"]

    def test_a_curator_splits_by_ticking(
        self, sign_in: Any, world: World, tree: dict[str, Competence]
    ) -> None:
        world.expert.competences.add(tree["pumps"])
        client: Client = sign_in(world.curator)
        address = reverse("competence:split", args=[tree["pumps"].pk])
        assert "Choose at least one person or entry." in (
            client.post(address, {"parts": [tree["seals"].pk], "experts": ["x"]}).content.decode()
        )
        client.post(address, {"parts": [tree["seals"].pk], "experts": [world.expert.pk]})
        assert list(world.expert.competences.all()) == [tree["seals"]]

    def test_others_may_not(self, sign_in: Any, world: World, tree: dict[str, Competence]) -> None:
        for step in ("merge", "split"):
            address = reverse(f"competence:{step}", args=[tree["pumps"].pk])
            assert sign_in(world.expert).get(address).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_somebody_given_a_competence_while_it_is_merged_ends_with_the_one_that_stays() -> None:
    """Each has a connection of their own; the competence's row is what they wait at."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time; the tests above tell what the second finds")
    curator, expert = (
        worlds.person("c@example.org", Role.CURATOR),
        worlds.person("e@example.org", Role.EXPERT),
    )
    pumps, pumping = (Competence.add_root(slug=slug, name_en=slug) for slug in ("pumps", "pumping"))
    merged, giving = Event(), Event()

    def merge() -> None:
        with transaction.atomic():
            competences.merge(competence=pumps, into=pumping, by=curator)
            merged.set()
            giving.wait(5)
            connections["default"].cursor().execute("SELECT pg_sleep(0.3)")
        connections["default"].close()

    def give() -> None:
        merged.wait(10)
        giving.set()
        expert.competences.add(pumps.pk)
        connections["default"].close()

    threads = [Thread(target=merge), Thread(target=give)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert list(expert.competences.values_list("slug", flat=True)) == ["pumping"]
