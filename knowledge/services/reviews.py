"""Who judges what others wrote: a review by curators of everything below open and closed communities.

Classified communities have none: their leads publish themselves, and a review would be mailed to people outside.
"""

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import GroupApprovalTask, Page, Task, Workflow, WorkflowPage, WorkflowTask

from knowledge.models import CommunitiesPage
from people import roles
from people.roles import Role

NAME = "Review by curators"
STOCK_WORKFLOW = "Moderators approval"
STOCK_GROUPS = ("Editors", "Moderators")


@transaction.atomic
def ensure() -> Workflow:
    """Set up the review where there is none yet; what has been changed about it in the admin stays."""
    _drop_stock()
    task, new = GroupApprovalTask.objects.get_or_create(name=NAME)
    if new:
        task.groups.set([roles.group(Role.CURATOR), roles.group(Role.MODERATOR)])
    workflow, new = Workflow.objects.get_or_create(name=NAME)
    if new:
        WorkflowTask.objects.create(workflow=workflow, task=task.task_ptr, sort_order=0)
    for parent in CommunitiesPage.objects.filter(workflowpage=None):
        WorkflowPage.objects.create(workflow=workflow, page=parent.page_ptr)
    return workflow


def _drop_stock() -> None:
    """Wagtail brings groups with rights on the root, and so on what is classified, and a review by one of them."""
    root = Page.get_first_root_node()
    WorkflowPage.objects.filter(page=root, workflow__name=STOCK_WORKFLOW).delete()
    Workflow.objects.filter(name=STOCK_WORKFLOW, workflow_states=None).delete()
    Task.objects.filter(name=STOCK_WORKFLOW, task_states=None).delete()
    for group in Group.objects.filter(
        name__in=STOCK_GROUPS, page_permissions__page=root, user=None
    ).distinct():
        group.delete()
