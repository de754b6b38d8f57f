"""What a client application may be allowed to do."""

from django.utils.translation import gettext_lazy as _

SCOPES = {
    "profile:read": _("Read who you are"),
    "content:read": _("Read communities, entries and competences that you may see, and search them"),
    "people:read": _("Read the people directory"),
    "own:read": _("Read your saved views and your reading list"),
    "own:write": _("Change your saved views and your reading list"),
}
