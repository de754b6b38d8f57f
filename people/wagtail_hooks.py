from wagtail import hooks

from people.choosers import person_chooser_viewset
from people.organisation_viewsets import Organisation
from people.user_viewset import NoBulkActivity, NoBulkDeletion, NoBulkRoles


@hooks.register("register_admin_viewset")
def register_person_chooser():
    return person_chooser_viewset


@hooks.register("register_admin_viewset")
def register_organisation():
    return Organisation()


# After Wagtail's own, whose places they take.
for action in (NoBulkRoles, NoBulkActivity, NoBulkDeletion):
    hooks.register("register_bulk_action", action, order=1)
