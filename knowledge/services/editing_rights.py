"""Who may edit which branch in the Wagtail admin.

Curators and moderators have the branch of open and closed communities, and its files. Below classified communities
only their leads have rights, through a group of their own.
"""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from knowledge.models import CommunitiesPage, CommunityPage
from people import roles
from people.choices import Access
from people.models import Community, CommunityCollection, Membership
from people.roles import Role

PAGE_RIGHTS = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
FILE_RIGHTS = (
    "add_image",
    "change_image",
    "choose_image",
    "add_document",
    "change_document",
    "choose_document",
)
SHARED_COLLECTION = "Shared files"


@transaction.atomic
def sync() -> None:
    """Give the editing roles their rights; what they have beyond that stays."""
    shared = _collection(SHARED_COLLECTION)
    communities = _collection("Communities")
    for role in (Role.CURATOR, Role.MODERATOR):
        group = roles.group(role)
        for parent in CommunitiesPage.objects.all():
            _grant_pages(group, parent)
        for collection in (shared, communities):
            _grant_files(group, collection)


@transaction.atomic
def sync_classified(community: Community) -> None:
    """Let the leads of a classified community, and nobody else, edit its branch and its files."""
    name = f"Leads of {community.public_id}"
    if community.access != Access.CLASSIFIED:
        Group.objects.filter(name=name).delete()
        return
    group, _created = Group.objects.get_or_create(name=name)
    group.permissions.add(
        Permission.objects.get(codename="access_admin", content_type__app_label="wagtailadmin")
    )
    for page in CommunityPage.objects.filter(community=community):
        _grant_pages(group, page)
    for held in CommunityCollection.objects.filter(community=community).select_related("collection"):
        _grant_files(group, held.collection)
    leads = Membership.objects.leads().filter(community=community).values_list("user_id", flat=True)
    group.user_set.set(leads)  # type: ignore[attr-defined]  # the stubs do not know a custom user's reverse name


def _grant_pages(group: Group, page: Page) -> None:
    for right in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=PAGE_RIGHTS):
        GroupPagePermission.objects.get_or_create(group=group, page=page.page_ptr, permission=right)


def _grant_files(group: Group, collection: Collection) -> None:
    for right in Permission.objects.filter(content_type__app_label="people", codename__in=FILE_RIGHTS):
        GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=right)


def _collection(name: str) -> Collection:
    root = Collection.get_first_root_node() or Collection.add_root(name="Root")
    return root.get_children().filter(name=name).first() or root.add_child(name=name)
