from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.users.views.bulk_actions import (
    AssignRoleBulkAction,
    DeleteBulkAction,
    SetActiveStateBulkAction,
)

from people.choosers import person_chooser_viewset
from people.organisation_viewsets import Organisation


@hooks.register("register_admin_viewset")
def register_person_chooser():
    return person_chooser_viewset


@hooks.register("register_admin_viewset")
def register_organisation():
    return Organisation()


@hooks.register("get_avatar_url")
def photo_of(user, size):
    """The one picture of a person, set on the site."""
    return getattr(user, "photo_url", "")


@hooks.register("register_account_menu_item")
def lead_to_profile(request):
    """Name, photo and password are kept on the site."""
    return {"url": reverse("profile"), "label": _("Profile"), "help_text": ""}


# People are changed one by one, through the services: Wagtail's actions on many would pass those by, and name every
# group, the leads of classified communities among them.
for action in (AssignRoleBulkAction, SetActiveStateBulkAction, DeleteBulkAction):
    action.models = []
