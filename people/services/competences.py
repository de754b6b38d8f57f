"""The care of the tree of competences: two that mean the same become one, one that means two is split.

People and entries follow, and so do old addresses (`FormerCompetence`). Moving and renaming are `trees.change`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core import audit, locks, renames
from people import access
from people.competence_holders import holders
from people.models import Competence, FormerCompetence, User
from people.services import trees

MOST_PARTS = 10


@transaction.atomic
def merge(*, competence: Competence, into: Competence, by: User) -> None:
    """Put `into` in the place of `competence` everywhere, what stands below it below that, and take it away.

    Who was vetted in the one is vetted in the other: that is the curator's decision, and on record. Raises
    `trees.NodeRefused` where one of them is gone or stands below the other.
    """
    access.require(by, "people.change_competence")
    source, target = _taken(competence, into)
    if source.pk == target.pk or target.is_descendant_of(source):
        raise trees.NodeRefused(_("It cannot be merged into itself or into one below it."))
    moved: dict[str, Any] = {each.kind: _put(each.through, each.field, source, [target]) for each in holders}
    _point_elsewhere(source, target)
    for child in source.get_children():
        Competence.objects.get(pk=child.pk).move(Competence.objects.get(pk=target.pk), pos="last-child")
    FormerCompetence.objects.hand_over(gone=source, to=target)
    FormerCompetence.objects.leave(slug=source.slug, leads_to=target, number=source.pk)
    audit.log("competence.merged", actor=by, target=target, merged=source.pk, **moved)
    Competence.objects.get(pk=source.pk).delete()
    renames.announce_all(target)


@transaction.atomic
def split(
    *, competence: Competence, chosen: Mapping[str, QuerySet[Any]], parts: Sequence[Competence], by: User
) -> int:
    """Put `parts` in the place of a competence for the `chosen` holders, by their kind. Returns for how many.

    A part that is the competence itself leaves it there.
    """
    access.require(by, "people.change_competence")
    if not parts or len(parts) > MOST_PARTS:
        raise trees.NodeRefused(_("Choose one competence at least, and ten at most."))
    source, *targets = _taken(competence, *parts)
    counted: dict[str, Any] = {}
    for each in holders:
        if each.kind in chosen:
            only = chosen[each.kind].order_by().values("pk")
            counted[each.kind] = _put(each.through, each.field, source, targets, only=only)
    audit.log("competence.split", actor=by, target=source, into=[part.pk for part in targets], **counted)
    for part in (source, *targets):
        renames.announce_all(part)
    return sum(counted.values())


def settle(*, through: Any, holder: str, holder_id: int, wanted: set[int]) -> None:
    """Before competences are added to a holder: in `wanted`, put in the place of merged ones what they have become.

    Within the transaction that adds them, so that none goes away meanwhile.
    """
    gone = wanted - locks.hold(Competence, wanted)
    if not gone:
        return
    former = FormerCompetence.objects.filter(number__in=gone).values_list("leads_to_id", flat=True)
    has = through.objects.filter(**{f"{holder}_id": holder_id}).values_list("competence_id", flat=True)
    wanted -= gone
    wanted |= locks.hold(Competence, former) - set(has)


def _taken(*nodes: Competence) -> list[Competence]:
    """The tree locked, and the nodes as they are now and will stay: who adds one of them to a holder waits."""
    list(Competence.objects.select_for_update().filter(depth=1).values_list("pk"))
    numbers = {node.pk for node in nodes}
    rows = {
        row.pk: row for row in Competence.objects.select_for_update().filter(pk__in=numbers).order_by("pk")
    }
    if len(rows) != len(numbers):
        raise trees.NodeRefused(_("One of these competences is gone: somebody has merged or deleted it."))
    return [rows[node.pk] for node in nodes]


def _put(
    through: Any, field: str, source: Competence, targets: Sequence[Competence], only: Any = None
) -> int:
    rows = through.objects.filter(competence=source)
    if only is not None:
        rows = rows.filter(**{f"{field}__in": only})
    named = list(rows.values_list(f"{field}_id", flat=True))
    new = [
        through(**{f"{field}_id": holder, "competence_id": target.pk})
        for holder in named
        for target in targets
        if target.pk != source.pk
    ]
    through.objects.bulk_create(new, batch_size=renames.BATCH, ignore_conflicts=True)
    if all(target.pk != source.pk for target in targets):
        rows.filter(**{f"{field}__in": named}).delete()
    return len(named)


def _point_elsewhere(source: Competence, target: Competence) -> None:
    """Rows of other kinds that refer to one competence each."""
    for relation in Competence._meta.related_objects:
        model: Any = relation.related_model
        if relation.one_to_many and model is not FormerCompetence:
            model._base_manager.filter(**{relation.field.name: source.pk}).update(
                **{relation.field.name: target.pk}
            )
