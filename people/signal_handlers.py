"""What has to follow when the admin or a form saves rows that people's rights depend on."""

from typing import Any

from django.db.models.signals import m2m_changed, post_save
from wagtail.users.models import UserProfile

from core import outbox, renames
from core.models.names import NAME_FIELDS
from people import access, admin_profile
from people.models import Community, Competence, Document, Image, Membership, Unit, User
from people.search_sources import (
    community_things,
    document_things,
    image_things,
    people_things,
    person_things,
)
from people.services import competences, memberships

# Who signs in becomes nobody else by it.
SIGNING_IN = frozenset({"last_login"})
UNIT_NAMES = ("name", "short_name")


def connect() -> None:
    m2m_changed.connect(forget_groups, sender=User.groups.through, dispatch_uid="people.forget_groups")
    m2m_changed.connect(
        forget_groups, sender=User.user_permissions.through, dispatch_uid="people.forget_rights"
    )
    post_save.connect(forget_units, sender=User, dispatch_uid="people.forget_units")
    post_save.connect(forget_membership, sender=Membership, dispatch_uid="people.forget_membership")
    post_save.connect(admin_profile.follow_person, sender=User, dispatch_uid="people.follow_person")
    post_save.connect(admin_profile.follow_profile, sender=UserProfile, dispatch_uid="people.follow_profile")
    outbox.track(User, person_things, silent=SIGNING_IN)
    outbox.track(Community, community_things)
    outbox.track(Image, image_things)
    outbox.track(Document, document_things)
    outbox.track_m2m(User.skills.through, person_things)
    outbox.track_m2m(User.competences.through, person_things)
    for through in (User.skills.through, User.competences.through):
        m2m_changed.connect(
            follow_competences, sender=through, dispatch_uid=f"people.settle-{through.__name__}"
        )
    for model, names, carrying in (
        (Unit, UNIT_NAMES, User.objects.of_unit),
        (Competence, NAME_FIELDS, User.objects.with_competence),
    ):
        carriers = renames.Carriers(f"people by {model._meta.model_name}", carrying, people_things)
        renames.follow(model, names, carriers)


def follow_competences(
    sender: Any, instance: Any, action: str, reverse: bool, pk_set: set[int] | None, **kwargs: Any
) -> None:
    """Who chose a competence that is merged at this moment gets the one that it has become."""
    if action == "pre_add" and not reverse and pk_set:
        holder = instance._meta.model_name
        competences.settle(through=sender, holder=holder, holder_id=instance.pk, wanted=pk_set)


def forget_groups(instance: Any, reverse: bool, pk_set: set[int] | None, action: str, **kwargs: Any) -> None:
    if action.startswith("post_"):
        access.forget(*(pk_set or ()) if reverse else (instance.pk,))


def forget_units(
    instance: User, created: bool, raw: bool = False, update_fields: Any = None, **kwargs: Any
) -> None:
    is_sign_in = update_fields is not None and SIGNING_IN.issuperset(update_fields)
    if not created and not raw and not is_sign_in:
        access.forget(instance.pk)


def forget_membership(instance: Membership, raw: bool = False, **kwargs: Any) -> None:
    access.forget(instance.user_id)
    if not raw:
        memberships.recount(instance.community)
