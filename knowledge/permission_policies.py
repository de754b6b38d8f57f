"""What the admin lets a person do with pages: no more than `people.access` lets them see.

Rights on a branch (GroupPagePermission) say what curators may do there; they reach classified entries inside open
communities too, and those are for the persons named and the leads alone. A moderator who has broken the glass of a
classified community has a curator's rights in it while the glass is open.
"""

from collections.abc import Iterable
from contextvars import ContextVar
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet
from wagtail.models import GroupPagePermission, Page, PagePermissionTester
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry, register_permission_policy

from knowledge.models import CommunityPage, Entry, EntryPage, Promotion, Tag
from knowledge.services.editing_rights import PAGE_RIGHTS
from people import access
from people.models import Community
from people.permission_policies import ManagedRowsPolicy

# Whom the admin is answering, for what is worked out where no request is known: titles in choosers, links in editors.
at_work: ContextVar[Any] = ContextVar("at_work", default=None)


class VisiblePagesPolicy(PagePermissionPolicy):
    """Wagtail's rights on branches, within the pages that may be seen."""

    def get_all_permissions_for_user(self, user: Any) -> list[GroupPagePermission]:
        granted = list(super().get_all_permissions_for_user(user))
        return [*granted, *_rights_behind_glass(user)] if user.is_authenticated else granted

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Any]:
        pages = super().instances_user_has_any_permission_for(user, set(actions))
        return pages if user.is_superuser else pages.exclude(_hidden(access.viewer_of(user)))

    def user_has_any_permission_for_instance(self, user: Any, actions: Iterable[str], instance: Any) -> bool:
        if not super().user_has_any_permission_for_instance(user, set(actions), instance):
            return False
        hidden = _hidden(access.viewer_of(user))
        return user.is_superuser or not Page.objects.filter(hidden, pk=instance.pk).exists()


class EntryPagePermissions(PagePermissionTester):
    """What somebody may do with an entry's page: nothing, if they may not see the entry."""

    def __init__(self, user: Any, page: EntryPage) -> None:
        super().__init__(user, page)
        if not user.is_superuser and page.pk in hidden_pages(user):
            self.permissions: set[str] = set()

    def can_publish(self) -> bool:
        """Nothing new goes live in an archived community."""
        from knowledge.services import entries  # which change the models that ask here

        return bool(super().can_publish()) and (
            self.page.live or entries.takes_new_pages(self.page.specific.entry)
        )


class EntryPolicy(ManagedRowsPolicy):
    """The details of an entry are changed by whoever manages its community and may see it."""

    permission = "knowledge.change_entry"

    def managed_rows(self, viewer: access.Viewer) -> QuerySet[Any]:
        managed = Community.objects.managed_by(viewer)
        return Entry.objects.visible_to(viewer).filter(community__in=managed.values("pk"))


class TagPolicy(ModelPermissionPolicy):
    """Of tags those that may be seen."""

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Any]:
        if not self.user_has_any_permission(user, actions):
            return Tag.objects.none()
        return Tag.objects.all() if user.is_superuser else Tag.objects.visible_to(access.viewer_of(user))


class PromotionPolicy(ModelPermissionPolicy):
    """Of recommendations those of entries that may be seen."""

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Any]:
        if not self.user_has_any_permission(user, actions):
            return Promotion.objects.none()
        rows = Promotion.objects.all()
        return rows if user.is_superuser else rows.visible_to(access.viewer_of(user))


def hidden_pages(user: Any) -> frozenset[int]:
    """Pages of entries and communities that are not for this person; asked once a request, not page by page."""
    viewer = access.viewer_of(user)
    known = user.__dict__.get("_hidden_pages")
    if known is None or known[0] != viewer:
        entries = _hidden_entries(viewer).values_list("pk", flat=True)
        unknown = _hidden_communities(viewer).values_list("pk", flat=True)
        known = (viewer, frozenset([*entries, *unknown]))
        user.__dict__["_hidden_pages"] = known
    return known[1]


def is_withheld(page: Any) -> bool:
    """Whether the page is not for whom the admin is working: a lead may have linked to it where others edit."""
    user = at_work.get()
    return user is not None and not user.is_superuser and page.pk in hidden_pages(user)


def explorable_pages(user: Any) -> QuerySet[Any]:
    """Pages that the admin may show to somebody who works on them."""
    return policy_registry.get_by_type(Page).explorable_instances(user)


def choosable_pages(user: Any) -> QuerySet[Any]:
    """Pages that the admin may name to somebody who looks for one to link to."""
    if user.is_superuser:
        return Page.objects.all()
    viewer = access.viewer_of(user)
    closed = _hidden_communities(viewer).values("pk")
    readable = Page.objects.live().exclude(_hidden(viewer)).exclude(pk__in=closed)
    return Page.objects.filter(
        Q(pk__in=readable.values("pk")) | Q(pk__in=explorable_pages(user).values("pk"))
    )


def register() -> None:
    """Take the place of Wagtail's policy for pages."""
    register_permission_policy(Page, VisiblePagesPolicy())
    register_permission_policy(Entry, EntryPolicy(Entry))
    register_permission_policy(Tag, TagPolicy(Tag))
    register_permission_policy(Promotion, PromotionPolicy(Promotion))


def _hidden_entries(viewer: access.Viewer) -> QuerySet[Any]:
    return EntryPage.objects.exclude(pk__in=EntryPage.objects.visible_to(viewer).values("pk"))


def _hidden_communities(viewer: access.Viewer) -> QuerySet[Any]:
    return CommunityPage.objects.exclude(community__in=Community.objects.visible_to(viewer).values("pk"))


def _hidden(viewer: access.Viewer) -> Q:
    return Q(pk__in=_hidden_entries(viewer).values("pk"))


def _rights_behind_glass(user: Any) -> list[GroupPagePermission]:
    cleared = access.viewer_of(user).cleared
    if not cleared:
        return []
    rights = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=PAGE_RIGHTS)
    pages = Page.objects.filter(pk__in=CommunityPage.objects.filter(community__in=cleared).values("pk"))
    return [GroupPagePermission(page=page, permission=right) for page in pages for right in rights]
