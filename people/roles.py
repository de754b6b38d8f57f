"""Who may do what: the one table. Code asks for a permission, never for a role."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    EMPLOYEE = "employee", _("Employee")
    RESERVIST = "reservist", _("Reservist")
    EXPERT = "expert", _("Expert")
    CURATOR = "curator", _("Curator")
    MODERATOR = "moderator", _("Moderator")


# A community lead's rights are a membership's role, for that community alone (people.access.managed_communities).
EMPLOYEE = {"people.view_directory", "people.use_api"}
EXPERT = EMPLOYEE | {"people.propose_community"}
CURATOR = EXPERT | {
    "people.see_closed",
    "people.confirm_community",
    "people.manage_any_community",
    "people.view_community",
    "people.change_community",
    "people.view_competence",
    "people.change_competence",
    "people.add_competence",
    "people.view_workingcalendar",
    "people.change_workingcalendar",
    "people.add_workingcalendar",
    "knowledge.view_entry",
    "knowledge.change_entry",
    "knowledge.view_tag",
    "knowledge.change_tag",
    "knowledge.add_tag",
    "knowledge.view_promotion",
    "knowledge.change_promotion",
    "knowledge.add_promotion",
    "knowledge.delete_promotion",
    "search.view_synonyms",
    "search.view_querysummary",
    "search.change_synonyms",
    "search.add_synonyms",
    "search.delete_synonyms",
    "knowledge.record_for_any_enterprise",
    "knowledge.confirm_effect",
    "wagtailadmin.access_admin",
    "wagtail_localize.submit_translation",
}
MODERATOR = CURATOR | {
    "people.break_glass",
    "people.manage_roles",
    "people.view_user",
    "people.add_user",
    "people.change_user",
    "people.view_unit",
    "people.add_unit",
    "people.change_unit",
    "people.view_clienttoken",
    "core.view_auditentry",
    "knowledge.delete_tag",
    "core.view_exchangerate",
    "core.add_exchangerate",
    "core.change_exchangerate",
    "core.delete_exchangerate",
    "people.delete_competence",
    "people.delete_workingcalendar",
    "wagtailredirects.add_redirect",
    "wagtailredirects.change_redirect",
    "wagtailredirects.delete_redirect",
}

PERMISSIONS: dict[str, set[str]] = {
    Role.EMPLOYEE: EMPLOYEE,
    Role.RESERVIST: EMPLOYEE,
    Role.EXPERT: EXPERT,
    Role.CURATOR: CURATOR,
    Role.MODERATOR: MODERATOR,
}
GROUP_NAMES = {role: str(role.value).capitalize() for role in Role}


def group(role: str) -> Group:
    """The group that stands for a role."""
    return Group.objects.get(name=GROUP_NAMES[Role(role)])


def sync(**kwargs: Any) -> None:
    """Bring the groups in line with the table, once all apps have their permissions (after migrating)."""
    known = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.select_related("content_type")
    }
    for role, names in PERMISSIONS.items():
        role_group, _created = Group.objects.get_or_create(name=GROUP_NAMES[Role(role)])
        role_group.permissions.set([known[name] for name in names if name in known])


def of(user: Any) -> list[Role]:
    """The roles a person has, in the order of the table."""
    names = set(user.groups.values_list("name", flat=True))
    return [role for role in Role if GROUP_NAMES[role] in names]
