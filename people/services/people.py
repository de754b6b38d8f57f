"""What happens to a person: they come, are greeted, change what is known of them, and leave."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection

from core import audit, clock
from people import access, pictures
from people import roles as role_table
from people.models import Community, Competence, Image, Invitation, Membership, Unit, User
from people.roles import Role
from people.services import client_tokens, membership_rules, memberships, roles

PHOTO_SIDE = 1024
PHOTOS = "Photos"


class PersonRefused(Exception):
    """The step is not possible; the message says why, to the person."""


@dataclass(frozen=True)
class Profile:
    """What a person says of themselves on their card.

    Their place in the organisation is not among it: items may be shared with a unit, so nobody chooses their own.
    """

    name: str
    job: str = ""
    about: str = ""
    skills: list[Competence] = field(default_factory=list)
    other_skills: list[str] = field(default_factory=list)
    reading_languages: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Record:
    """What moderators keep of a person."""

    name: str
    email: str
    job: str = ""
    language: str = ""
    time_zone: str = "UTC"
    enterprise: Unit | None = None
    site: Unit | None = None
    department: Unit | None = None
    roles: frozenset[str] = frozenset({Role.EMPLOYEE.value})
    competences: list[Competence] = field(default_factory=list)


@transaction.atomic
def enrol(*, record: Record, by: User) -> User:
    """A moderator adds somebody with all that is known of them."""
    user = register(
        email=record.email,
        name=record.name,
        by=by,
        job=record.job,
        language=record.language,
        time_zone=record.time_zone,
    )
    return revise(user=user, record=record, is_active=True, by=by)


@transaction.atomic
def revise(*, user: User, record: Record, is_active: bool, by: User, reason: str = "") -> User:
    """A moderator changes what is known of somebody; each change goes its own audited way."""
    access.require(by, "people.change_user")
    _spare_superusers(user, by)
    user.name, user.job = record.name, record.job
    user.language, user.time_zone = record.language, record.time_zone
    user.save(update_fields=["name", "job", "language", "time_zone"])
    if record.email != user.email:
        change_email(user=user, email=record.email, by=by)
    place(user=user, enterprise=record.enterprise, site=record.site, department=record.department, by=by)
    vet(user=user, competences=record.competences, by=by)
    held = {str(role.value) for role in role_table.of(user)}
    for role in sorted(record.roles - held):
        roles.give(user=user, role=role, by=by)
    for role in sorted(held - record.roles):
        roles.take(user=user, role=role, by=by)
    if user.is_active and not is_active:
        deactivate(user=user, by=by, reason=reason)
    elif is_active and not user.is_active:
        reactivate(user=user, by=by)
    return user


@transaction.atomic
def vet(*, user: User, competences: list[Competence], by: User) -> None:
    """Say in which competences a person is vetted."""
    access.require(by, "people.change_user")
    before = set(user.competences.values_list("pk", flat=True))
    after = {competence.pk for competence in competences}
    if before != after:
        user.competences.set(competences)
        slugs = sorted(competence.slug for competence in competences)
        audit.log("person.vetted", actor=by, target=user, competences=slugs)
        membership_rules.follow_person(user)


@transaction.atomic
def register(*, email: str, name: str, by: User | None, **fields: Any) -> User:
    """Add somebody who is known to own the address; they choose a password through "forgotten password"."""
    if by is not None:
        access.require(by, "people.add_user")
    user: User = User.objects.create_user(email, name=name, **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    roles.give(user=user, role=Role.EMPLOYEE, by=None)
    audit.log("person.registered", actor=by, target=user)
    return user


@transaction.atomic
def change_email(*, user: User, email: str, by: User) -> None:
    """Give a person another address to sign in with: a moderator vouches that it is theirs."""
    access.require(by, "people.change_user")
    _spare_superusers(user, by)
    user.email = email.strip().lower()
    user.save(update_fields=["email"])
    EmailAddress.objects.filter(user=user).delete()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    audit.log("person.email_changed", actor=by, target=user)


@transaction.atomic
def edit_profile(*, user: User, profile: Profile) -> User:
    """Change one's own card."""
    user.name = profile.name
    user.job = profile.job
    user.about = profile.about
    user.other_skills = profile.other_skills
    user.reading_languages = profile.reading_languages
    user.save()
    user.skills.set(profile.skills)
    return user


@transaction.atomic
def place(
    *, user: User, enterprise: Unit | None, site: Unit | None, department: Unit | None, by: User
) -> None:
    """Say where in the organisation a person works; what is shared with those units opens to them."""
    access.require(by, "people.change_user")
    for part in (site, department):
        if part is not None and (enterprise is None or not part.is_descendant_of(enterprise)):
            raise PersonRefused(_("%(unit)s does not belong to the enterprise.") % {"unit": part})
    before = (user.enterprise_id, user.site_id, user.department_id)
    user.enterprise, user.site, user.department = enterprise, site, department
    if before != (user.enterprise_id, user.site_id, user.department_id):
        user.save(update_fields=["enterprise", "site", "department"])
        units = [str(unit.public_id) for unit in (enterprise, site, department) if unit]
        audit.log("person.placed", actor=by, target=user, units=units)
        membership_rules.follow_person(user)


@transaction.atomic
def set_photo(*, user: User, upload: "UploadedFile[Any]") -> Image:
    """Replace one's photo, whose old file goes; raises `pictures.PictureRefused`."""
    file = pictures.redrawn(upload, name=str(user.public_id), longest_side=PHOTO_SIDE)
    before = user.photo
    user.photo = Image.objects.create(
        title=user.name[:255],
        file=file,
        collection=_photos(),
        uploaded_by_user=user,
        alt_text=user.name[:255],
    )
    user.save(update_fields=["photo"])
    _discard(before, user)
    return user.photo


@transaction.atomic
def remove_photo(*, user: User) -> None:
    """Go back to initials."""
    before, user.photo = user.photo, None
    user.save(update_fields=["photo"])
    _discard(before, user)


@transaction.atomic
def set_preferences(*, user: User, **preferences: str) -> None:
    """Change any of `language`, `theme` and `time_zone`, already checked by a form."""
    allowed = {"language", "theme", "time_zone"}
    if not set(preferences) <= allowed:
        raise ValueError(f"not a preference: {sorted(set(preferences) - allowed)}")
    for name, value in preferences.items():
        setattr(user, name, value)
    if preferences:
        user.save(update_fields=list(preferences))


@transaction.atomic
def greet(
    *,
    user: User,
    join: Iterable[Community] = (),
    reading_languages: list[str] | None = None,
    **preferences: str,
) -> None:
    """The person has seen the welcome page: what they chose there holds, and they are not sent there again."""
    set_preferences(user=user, **preferences)
    if reading_languages is not None:
        user.reading_languages = reading_languages
    if user.welcomed_at is None:
        user.welcomed_at = clock.now()
    user.save(update_fields=["reading_languages", "welcomed_at"])
    for community in join:
        memberships.join(user=user, community=community)


@transaction.atomic
def deactivate(*, user: User, by: User, reason: str = "") -> None:
    """A person leaves: sessions, tokens and open invitations of theirs are worth nothing from this moment.

    Their name stays on what they wrote. A password that cannot be used also ends the sessions for good, so that none
    comes back to life with the person.
    """
    access.require(by, "people.change_user")
    if user.pk == by.pk:
        raise PersonRefused(_("You cannot deactivate yourself."))
    _spare_superusers(user, by)
    if not user.is_active:
        return
    _lock_communities(user)
    user.is_active = False
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])
    for token in user.client_tokens.filter(revoked_at=None):
        client_tokens.revoke(token=token, by=by)
    Invitation.objects.filter(invited_by=user, revoked_at=None).update(revoked_at=clock.now())
    _recount_communities(user)
    audit.log("person.deactivated", actor=by, target=user, reason=reason)
    membership_rules.follow_person(user)


@transaction.atomic
def reactivate(*, user: User, by: User) -> None:
    """A person is back; they choose a new password, and have the communities and roles they had."""
    access.require(by, "people.change_user")
    if user.is_active:
        return
    _lock_communities(user)
    user.is_active = True
    user.save(update_fields=["is_active"])
    _recount_communities(user)
    audit.log("person.reactivated", actor=by, target=user)
    membership_rules.follow_person(user)


def _spare_superusers(user: User, by: User) -> None:
    """Who could change a superuser's address could become one by a new password."""
    if user.is_superuser and not by.is_superuser:
        raise PermissionDenied


def _lock_communities(user: User) -> None:
    """Before the person's row: who changes members locks the community first, and then touches the people."""
    own = Membership.objects.active().filter(user=user).values("community_id")
    list(Community.objects.select_for_update().filter(pk__in=own).order_by("pk").values_list("pk"))


def _recount_communities(user: User) -> None:
    own = Membership.objects.active().filter(user=user).select_related("community")
    for membership in own.order_by("community_id"):
        memberships.recount(membership.community)


def _photos() -> Collection:
    root = Collection.get_first_root_node()
    return root.get_children().filter(name=PHOTOS).first() or root.add_child(name=PHOTOS)


def _discard(photo: Image | None, user: User) -> None:
    """Only what the person put there themselves: another picture may be in use elsewhere."""
    if photo is not None and photo.collection.name == PHOTOS and photo.uploaded_by_user_id == user.pk:
        photo.delete()
