"""What the admin lets a person do with files: no more than `people.access` lets them see."""

from collections.abc import Iterable
from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet
from wagtail.models import Collection
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permissions import register_permission_policy

from people import access
from people.models import ClientToken, Community, CommunityCollection, Document, Image


class VisibleFilesPolicy(CollectionOwnershipPermissionPolicy):
    """Wagtail's rights on collections, within the files that may be seen.

    Rights on the collection of all communities reach the folders of classified items below it; seeing does not.
    """

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Any]:
        files = super().instances_user_has_any_permission_for(user, actions)
        if user.is_superuser:
            return files
        # By id, since what is searched can be narrowed by fields alone.
        visible = self.model.objects.visible_to(access.viewer_of(user))
        return files.filter(pk__in=visible.values("pk"))

    def user_has_any_permission_for_instance(self, user: Any, actions: Iterable[str], instance: Any) -> bool:
        if not super().user_has_any_permission_for_instance(user, actions, instance):
            return False
        if user.is_superuser or instance.pk is None:
            return True
        return self.model.objects.visible_to(access.viewer_of(user)).filter(pk=instance.pk).exists()

    def _collections_with_perm(self, user: Any, actions: Iterable[str]) -> QuerySet[Collection]:
        return visible_collections(super()._collections_with_perm(user, actions), access.viewer_of(user))


class ManagedRowsPolicy(ModelPermissionPolicy):
    """Rows that are changed by whoever manages the community they belong to; nobody adds or deletes them here."""

    # Who has it changes such rows of many communities; leads those of their own.
    permission: str

    def managed_rows(self, viewer: access.Viewer) -> QuerySet[Any]:
        raise NotImplementedError

    def user_has_permission(self, user: Any, action: str) -> bool:
        if action not in {"view", "change"}:
            return False
        viewer = access.viewer_of(user)
        return bool(viewer.may(self.permission) or viewer.leads)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return self.user_has_any_permission_for_instance(user, {action}, instance)

    def user_has_any_permission_for_instance(self, user: Any, actions: Iterable[str], instance: Any) -> bool:
        if not self.user_has_any_permission(user, actions):
            return False
        return self.instances_user_has_any_permission_for(user, actions).filter(pk=instance.pk).exists()

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Any]:
        return self.model.objects.all() if user.is_superuser else self.managed_rows(access.viewer_of(user))


class CommunityPolicy(ManagedRowsPolicy):
    """A community is proposed on the site, and archived rather than deleted."""

    permission = "people.manage_any_community"

    def managed_rows(self, viewer: access.Viewer) -> QuerySet[Any]:
        return Community.objects.managed_by(viewer)


class TokenPolicy(ModelPermissionPolicy):
    """Tokens are looked over, and made on their owner's profile alone."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, action)


def visible_collections(collections: QuerySet[Collection], viewer: access.Viewer) -> QuerySet[Collection]:
    """Without the folders, named after their community, whose files the viewer may not see."""
    letting_in = CommunityCollection.objects.filter(access.items(viewer, access.NOBODY))
    outer_path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    shut = (
        CommunityCollection.objects.exclude(pk__in=letting_in.values("pk"))
        .annotate(outer_path=outer_path)
        .filter(outer_path__startswith=F("collection__path"))
    )
    return collections.filter(~Exists(shut))


def register() -> None:
    """Take the place of the policies that Wagtail registers when it is loaded."""
    for model, auth_model in ((Image, "wagtailimages.Image"), (Document, "wagtaildocs.Document")):
        policy = VisibleFilesPolicy(model, auth_model=auth_model, owner_field_name="uploaded_by_user")
        register_permission_policy(model, policy)
    register_permission_policy(Community, CommunityPolicy(Community))
    register_permission_policy(ClientToken, TokenPolicy(ClientToken))
