"""Who may see what: the rule in SQL, the rule in keys, and that both say the same."""

import pytest
from django.utils import timezone

from knowledge.models import Entry
from people import access
from people.choices import Access
from people.models import Community, User
from people.services import break_glass, communities, memberships
from tests import world as worlds

EVERYWHERE = {f"{c}-{a}" for c in ("workshop", "boardroom", "vault") for a in Access.values}
OPEN = {"workshop-open"}
READABLE = {
    "visitor": set(),
    "employee": OPEN,
    "reservist": OPEN,
    "expert": OPEN,
    "curator": {"workshop-open", "workshop-closed", "boardroom-open", "boardroom-closed"},
    "moderator": {"workshop-open", "workshop-closed", "boardroom-open", "boardroom-closed"},
    "member": {f"{c}-{a}" for c in ("workshop", "boardroom", "vault") for a in ("open", "closed")},
    "lead": EVERYWHERE,
}


@pytest.mark.sqlite
class TestEntries:
    @pytest.mark.parametrize("name", READABLE)
    def test_each_role_reads_exactly_this(self, world: worlds.World, name: str) -> None:
        seen = Entry.objects.published().visible_to(world.viewer(name))
        assert {entry.slug for entry in seen} == READABLE[name]

    @pytest.mark.parametrize("name", READABLE)
    def test_keys_say_the_same_as_sql(self, world: worlds.World, name: str) -> None:
        viewer = world.viewer(name)
        by_keys = {entry.slug for entry in Entry.objects.all() if viewer.meets(entry.audience)}
        assert by_keys == READABLE[name]

    def test_a_draft_has_no_audience(self, world: worlds.World) -> None:
        assert world.entries["draft"].audience == []

    def test_an_author_outside_a_closed_community_does_not_see_their_classified_entry(
        self, world: worlds.World
    ) -> None:
        entry = world.entries["boardroom-classified"]
        entry.authors.create(user=world.employee)
        viewer = world.viewer("employee")
        assert entry not in Entry.objects.visible_to(viewer)
        assert not viewer.meets(entry.audience)

    @pytest.mark.parametrize("where", ["workshop", "boardroom", "vault"])
    def test_a_share_opens_a_classified_entry_to_a_member_it_names(
        self, world: worlds.World, where: str
    ) -> None:
        entry = world.entries[f"{where}-classified"]
        entry.shares.create(user=world.member)
        entry.save()
        viewer = world.viewer("member")
        assert entry in Entry.objects.visible_to(viewer)
        assert viewer.meets(entry.audience)

    def test_a_share_with_a_unit_opens_it_to_the_unit_within_the_community(self, world: worlds.World) -> None:
        open_entry, vault_entry = world.entries["workshop-classified"], world.entries["vault-classified"]
        for entry in (open_entry, vault_entry):
            entry.shares.create(unit=world.enterprise)
            entry.save()
        viewer = world.viewer("employee")
        seen = set(Entry.objects.visible_to(viewer))
        assert open_entry in seen
        assert viewer.meets(open_entry.audience)
        assert vault_entry not in seen
        assert not viewer.meets(vault_entry.audience)

    def test_leaving_takes_sight_away_at_once(self, world: worlds.World) -> None:
        member = world.member
        assert access.viewer_of(member).meets(world.entries["boardroom-open"].audience)
        memberships.leave(user=member, community=world.closed)
        assert {e.slug for e in Entry.objects.visible_to(world.viewer("member"))} & {
            "boardroom-open"
        } == set()
        assert not world.viewer("member").meets(world.entries["boardroom-open"].audience)

    def test_somebody_deactivated_is_a_visitor(self, world: worlds.World) -> None:
        User.objects.filter(pk=world.lead.pk).update(is_active=False)
        assert world.viewer("lead") == access.VISITOR

    def test_the_statement_does_not_grow_with_restrictions(
        self, world: worlds.World, django_assert_num_queries
    ) -> None:
        viewer = world.viewer("employee")
        before = len(str(Entry.objects.visible_to(viewer).query))
        for number in range(5):
            worlds.community(f"closed-{number}", world.lead, access=Access.CLOSED)
        viewer = world.viewer("employee")
        assert len(str(Entry.objects.visible_to(viewer).query)) == before
        with django_assert_num_queries(1):
            list(Entry.objects.visible_to(viewer))


@pytest.mark.sqlite
class TestCommunities:
    @pytest.mark.parametrize(
        ("name", "slugs"),
        [
            ("visitor", set()),
            ("employee", {"workshop", "boardroom"}),
            ("curator", {"workshop", "boardroom"}),
            ("moderator", {"workshop", "boardroom"}),
            ("member", {"workshop", "boardroom", "vault"}),
        ],
    )
    def test_a_classified_community_does_not_exist_outside(
        self, world: worlds.World, name: str, slugs: set[str]
    ) -> None:
        seen = Community.objects.visible_to(world.viewer(name))
        assert {community.slug for community in seen} == slugs
        by_keys = {
            c.slug for c in Community.objects.all() if world.viewer(name).meets(access.teaser_audience(c))
        }
        assert by_keys == slugs

    def test_a_proposal_is_known_to_its_author_and_to_who_decides(self, world: worlds.World) -> None:
        draft = communities.CommunityDraft(names={"en": "New"}, description={"en": "About"})
        proposal = communities.propose(author=world.expert, draft=draft)
        knows = {
            name for name in world.people if proposal in Community.objects.visible_to(world.viewer(name))
        }
        assert knows == {"expert", "curator", "moderator"}


@pytest.mark.sqlite
class TestBreakGlass:
    def test_opens_everything_inside_for_an_hour(self, world: worlds.World, time_machine) -> None:
        time_machine.move_to(timezone.now())
        break_glass.enter(
            user=world.moderator, community=world.classified, reason="Investigation of case 4711"
        )
        viewer = world.viewer("moderator")
        vault = {"vault-open", "vault-closed", "vault-classified"}
        assert {e.slug for e in Entry.objects.visible_to(viewer)} >= vault
        assert all(viewer.meets(world.entries[slug].audience) for slug in vault)
        time_machine.shift(3601)
        viewer = world.viewer("moderator")
        assert not {e.slug for e in Entry.objects.visible_to(viewer)} & vault
        assert not any(viewer.meets(world.entries[slug].audience) for slug in vault)

    def test_needs_a_reason(self, world: worlds.World) -> None:
        with pytest.raises(break_glass.ReasonNeeded):
            break_glass.enter(user=world.moderator, community=world.classified, reason="curious")


@pytest.mark.sqlite
class TestFiles:
    @pytest.mark.parametrize("make", [worlds.picture, worlds.document])
    def test_a_collection_decides_who_may_fetch(self, world: worlds.World, make) -> None:
        files = {
            f"{c.slug}-{level}": make(f"{c.slug}-{level}", c, level)
            for c in (world.open, world.closed, world.classified)
            for level in Access.values
        }
        model = type(files["workshop-open"])
        for name, readable in READABLE.items():
            seen = set(model.objects.visible_to(world.viewer(name)).values_list("title", flat=True))
            # Files of a classified community are opened by the entries that use them, and nothing uses these.
            expected = readable - {"vault-open", "vault-closed"} if name == "member" else readable
            assert seen == expected, name

    def test_a_folder_inside_a_restricted_one_is_as_restricted(self, world: worlds.World) -> None:
        held = worlds.document("minutes", world.closed)
        held.collection = held.collection.add_child(name="2026")
        held.save()
        assert held not in type(held).objects.visible_to(world.viewer("employee"))
        assert held in type(held).objects.visible_to(world.viewer("member"))

    def test_a_classified_file_opens_to_who_sees_an_entry_that_uses_it(self, world: worlds.World) -> None:
        entry = world.entries["vault-classified"]
        file = worlds.document("plan", world.classified)
        worlds.use_in_body(entry.pages.get(), file)
        assert file not in type(file).objects.visible_to(world.viewer("member"))
        entry.shares.create(user=world.member)
        entry.save()
        assert file in type(file).objects.visible_to(world.viewer("member"))

    def test_a_page_elsewhere_opens_no_classified_file(self, world: worlds.World) -> None:
        file = worlds.document("plan", world.classified)
        worlds.use_in_body(world.entries["workshop-open"].pages.get(), file)
        assert file not in type(file).objects.visible_to(world.viewer("employee"))
