"""The admin speaks the person's language, keeps their time and wears their theme."""

from wagtail.users.models import UserProfile

from people.models import User
from people.services import people
from tests.world import person


def test_a_new_record_starts_with_the_persons_preferences(db: None) -> None:
    user = person("he@example.org", language="he", time_zone="Asia/Jerusalem", theme="dark")
    profile = UserProfile.get_for_user(user)
    assert (profile.get_preferred_language(), profile.get_current_time_zone()) == ("he", "Asia/Jerusalem")
    assert profile.theme == "dark"


def test_what_changes_on_the_site_changes_in_the_admin(db: None) -> None:
    user = person("bg@example.org", language="en")
    UserProfile.get_for_user(user)
    people.set_preferences(user=user, language="bg", theme="light")
    profile = UserProfile.objects.get(user=user)
    assert (profile.preferred_language, profile.theme) == ("bg", "light")


def test_what_changes_in_the_admin_changes_on_the_site(db: None) -> None:
    user = person("uk@example.org", language="en")
    profile = UserProfile.get_for_user(user)
    profile.preferred_language, profile.current_time_zone, profile.theme = "uk", "Europe/Kyiv", "dark"
    profile.save()
    user = User.objects.get(pk=user.pk)
    assert (user.language, user.time_zone, user.theme) == ("uk", "Europe/Kyiv", "dark")


def test_the_admin_is_in_the_persons_language_and_direction(client, db: None) -> None:
    user = person("curator@example.org", "curator", language="he")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/admin/").content.decode()
    assert 'lang="he"' in page
    assert 'dir="rtl"' in page
