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


# People are changed one by one, through the services: Wagtail's actions on many would pass those by, and name every
# group, the leads of classified communities among them.
for action in (AssignRoleBulkAction, SetActiveStateBulkAction, DeleteBulkAction):
    action.models = []
