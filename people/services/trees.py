"""Units and competences: nodes of a tree, added, moved and removed so that the tree stays whole."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node

from core import audit
from people import access
from people.models import Competence, FormerCompetence, Unit, User
from people.services import membership_rules


class NodeRefused(Exception):
    """The step would break the tree or what hangs on it; the message says why, to the person."""


@transaction.atomic
def add(*, node: MP_Node, parent: MP_Node | None, by: User) -> MP_Node:
    """Put a new node below `parent`, or at the top; it comes last."""
    _permit(by, "add", node)
    parent = _locked(node, parent)
    _check_kind(node, parent)
    if parent is None:
        type(node).add_root(instance=node)
    else:
        parent.add_child(instance=node)
    audit.log(f"{node._meta.model_name}.added", actor=by, target=node)
    return node


@transaction.atomic
def change(*, node: MP_Node, parent: MP_Node | None, by: User) -> MP_Node:
    """Save a node's fields, and move it with all below it where its parent is another one."""
    _permit(by, "change", node)
    parent = _locked(node, parent)
    stored = type(node).objects.get(pk=node.pk)
    if parent is not None and (parent.pk == node.pk or parent.is_descendant_of(stored)):
        raise NodeRefused(_("It cannot stand below itself."))
    _check_kind(node, parent)
    # A move rewrites paths in the database, behind the back of the row in hand: save first, from stored paths.
    node.path, node.depth, node.numchild = stored.path, stored.depth, stored.numchild
    node.save()
    _keep_address(stored, node)
    before = stored.get_parent()
    if (before.pk if before else None) != (parent.pk if parent else None):
        if parent is None:
            stored.move(type(node).get_last_root_node(), pos="last-sibling")
        else:
            stored.move(parent, pos="last-child")
        audit.log(f"{node._meta.model_name}.moved", actor=by, target=node)
        membership_rules.follow_organisation()
    return type(node).objects.get(pk=node.pk)


@transaction.atomic
def remove(*, node: MP_Node, by: User) -> None:
    """Delete a node that has nothing below it and that nobody and nothing uses."""
    _permit(by, "delete", node)
    _locked(node, None)
    stored = type(node).objects.get(pk=node.pk)
    if not stored.is_leaf():
        raise NodeRefused(_("There are others below it. Move or delete those first."))
    if _is_used(stored):
        raise NodeRefused(_("It is in use. Take it away there first."))
    audit.log(f"{node._meta.model_name}.removed", actor=by, target=stored)
    stored.delete()


def _permit(by: User, action: str, node: MP_Node) -> None:
    access.require(by, f"{node._meta.app_label}.{action}_{node._meta.model_name}")


def _locked(node: MP_Node, parent: MP_Node | None) -> MP_Node | None:
    """The parent as it is now, with the tree locked: two who add below one parent would count to the same path."""
    list(type(node).objects.select_for_update().filter(depth=1).values_list("pk"))
    return type(node).objects.get(pk=parent.pk) if parent is not None else None


def _check_kind(node: MP_Node, parent: MP_Node | None) -> None:
    if isinstance(node, Unit) and not node.may_stand_below(parent):
        raise NodeRefused(
            _("Below a holding stand enterprises; below an enterprise, its sites and departments.")
        )


def _keep_address(stored: Any, node: Any) -> None:
    """What was found under a competence's former word is found under its new one."""
    if isinstance(node, Competence) and stored.slug != node.slug:
        FormerCompetence.objects.leave(slug=stored.slug, leads_to=node)
        FormerCompetence.objects.take_back(node.slug, leads_to=node)


def _is_used(node: Any) -> bool:
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: node.pk}).exists()
        for relation in node._meta.related_objects
        if relation.related_model is not FormerCompetence
    )
