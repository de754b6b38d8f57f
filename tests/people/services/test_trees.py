import pytest
from django.core.exceptions import PermissionDenied

from core.models import AuditEntry
from people.models import Competence, Unit
from people.services import trees
from tests.people.staff import Staff


@pytest.fixture
def steel(staff: Staff) -> Unit:
    return staff.enterprise.get_parent().add_child(slug="steel", kind="enterprise", name="Steel")


def unit(**fields: str) -> Unit:
    return Unit(**{"slug": "shop", "kind": "department", "name": "Shop", **fields})


class TestAdd:
    def test_stands_last_below_its_parent(self, staff: Staff) -> None:
        trees.add(node=unit(), parent=staff.enterprise, by=staff.moderator)
        trees.add(node=unit(slug="yard", kind="site"), parent=staff.enterprise, by=staff.moderator)
        children = Unit.objects.get(pk=staff.enterprise.pk).get_children()
        assert [child.slug for child in children] == ["shop", "yard"]
        assert AuditEntry.objects.filter(action="unit.added").count() == 2

    def test_with_parents_read_before_others_were_added(self, staff: Staff) -> None:
        """Two people had the form open at once."""
        one, two = (Unit.objects.get(pk=staff.enterprise.pk) for _ in range(2))
        trees.add(node=unit(), parent=one, by=staff.moderator)
        trees.add(node=unit(slug="yard"), parent=two, by=staff.moderator)
        assert Unit.objects.get(pk=staff.enterprise.pk).numchild == 2
        assert not any(Unit.find_problems())

    def test_at_the_top(self, staff: Staff) -> None:
        node = trees.add(node=Competence(slug="it", name_en="IT"), parent=None, by=staff.curator)
        assert node.is_root()

    @pytest.mark.parametrize("kind", ["holding", "enterprise"])
    def test_refuses_a_kind_that_may_not_stand_there(self, staff: Staff, kind: str) -> None:
        with pytest.raises(trees.NodeRefused):
            trees.add(node=unit(kind=kind), parent=staff.enterprise, by=staff.moderator)
        assert not Unit.objects.filter(slug="shop").exists()

    def test_needs_the_right(self, staff: Staff) -> None:
        with pytest.raises(PermissionDenied):
            trees.add(node=unit(), parent=staff.enterprise, by=staff.curator)


class TestChange:
    def test_moves_with_all_below(self, staff: Staff, steel: Unit) -> None:
        shop = trees.add(node=unit(), parent=staff.enterprise, by=staff.moderator)
        trees.add(node=unit(slug="bench", name="Bench"), parent=shop, by=staff.moderator)
        shop = Unit.objects.get(slug="shop")
        shop.name = "Big shop"
        moved = trees.change(node=shop, parent=steel, by=staff.moderator)
        assert moved.name == "Big shop"
        assert moved.get_parent() == steel
        assert Unit.objects.get(slug="bench").is_descendant_of(Unit.objects.get(pk=steel.pk))
        assert not any(Unit.find_problems())

    def test_staying_is_no_move(self, staff: Staff) -> None:
        pumps = Unit.objects.get(pk=staff.enterprise.pk)
        path = pumps.path
        pumps.name = "Pumps and valves"
        assert trees.change(node=pumps, parent=pumps.get_parent(), by=staff.moderator).path == path
        assert not AuditEntry.objects.filter(action="unit.moved").exists()

    def test_not_below_itself(self, staff: Staff) -> None:
        shop = trees.add(node=unit(), parent=staff.enterprise, by=staff.moderator)
        bench = trees.add(node=unit(slug="bench"), parent=shop, by=staff.moderator)
        with pytest.raises(trees.NodeRefused):
            trees.change(node=Unit.objects.get(slug="shop"), parent=bench, by=staff.moderator)

    def test_a_stale_row_does_not_tear_the_tree(self, staff: Staff, steel: Unit) -> None:
        """The row was loaded before somebody else moved it."""
        shop = trees.add(node=unit(), parent=staff.enterprise, by=staff.moderator)
        stale = Unit.objects.get(pk=shop.pk)
        trees.change(node=Unit.objects.get(pk=shop.pk), parent=steel, by=staff.moderator)
        trees.change(node=stale, parent=steel, by=staff.moderator)
        assert Unit.objects.get(pk=shop.pk).get_parent() == steel
        assert not any(Unit.find_problems())


class TestRemove:
    def test_keeps_what_has_others_below(self, staff: Staff) -> None:
        top = Competence.add_root(slug="it", name_en="IT")
        top.add_child(slug="nets", name_en="Networks")
        with pytest.raises(trees.NodeRefused):
            trees.remove(node=top, by=staff.moderator)
        assert Competence.objects.count() == 2

    def test_keeps_what_somebody_is_vetted_in(self, staff: Staff) -> None:
        top = Competence.add_root(slug="it", name_en="IT")
        staff.expert.competences.add(top)
        with pytest.raises(trees.NodeRefused):
            trees.remove(node=top, by=staff.moderator)
        staff.expert.competences.clear()
        trees.remove(node=top, by=staff.moderator)
        assert not Competence.objects.exists()
