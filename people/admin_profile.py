"""The admin's own record of a person's language, time zone and theme, kept in line with ours.

Ours is the truth; what somebody changes on the admin's account page changes ours.
"""

from typing import Any

from wagtail.users.models import UserProfile

from people.choices import Theme
from people.models import User
from people.services import people

ADMIN_THEMES = {
    Theme.AUTO: UserProfile.AdminColorThemes.SYSTEM,
    Theme.LIGHT: UserProfile.AdminColorThemes.LIGHT,
    Theme.DARK: UserProfile.AdminColorThemes.DARK,
}
OUR_THEMES = {theirs: ours for ours, theirs in ADMIN_THEMES.items()}


def follow_person(instance: User, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        UserProfile.objects.filter(user=instance).update(**_of(instance))


def follow_profile(instance: UserProfile, created: bool, raw: bool = False, **kwargs: Any) -> None:
    if raw:
        return
    if created:
        UserProfile.objects.filter(pk=instance.pk).update(**_of(instance.user))
        instance.refresh_from_db()
        return
    theirs = {
        "language": instance.preferred_language,
        "time_zone": instance.current_time_zone or instance.user.time_zone,
        "theme": OUR_THEMES[UserProfile.AdminColorThemes(instance.theme)],
    }
    changed = {name: value for name, value in theirs.items() if getattr(instance.user, name) != value}
    if changed:
        people.set_preferences(user=instance.user, **changed)


def _of(user: User) -> dict[str, str]:
    return {
        "preferred_language": user.language,
        "current_time_zone": user.time_zone,
        "theme": ADMIN_THEMES[Theme(user.theme)],
    }
