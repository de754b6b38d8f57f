"""The pages of a community: one a language, kept in line with the community's names and access."""

from typing import Any

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page, Revision, Site

from core import outbox
from knowledge.models import (
    ClassifiedCommunitiesPage,
    CommunitiesPage,
    CommunityPage,
    Entry,
    EntryPage,
    Topic,
)
from knowledge.search_sources import entry_things_of
from knowledge.services import editing_rights
from people.choices import Access, CommunityState
from people.models import Community
from social import live


class CommunityPages:
    """Follows the life of communities (people.services.communities.Observer)."""

    @transaction.atomic
    def opened(self, community: Community) -> None:
        for parent in _parents(community):
            if not CommunityPage.objects.filter(community=community, locale=parent.locale).exists():
                _add(parent, community)
        editing_rights.sync_classified(community)

    @transaction.atomic
    def changed(self, community: Community) -> None:
        parents = {parent.locale_id: parent for parent in _parents(community)}
        for page in CommunityPage.objects.filter(community=community).select_related("locale"):
            name = community.name_in(page.locale.language_code)
            if page.title != name:
                page.title = page.draft_title = name
                page.save(clean=False)
            parent = parents.get(page.locale_id)
            if parent is not None and not page.is_child_of(parent):
                page.move(parent, pos="last-child")
        if community.state == CommunityState.ACTIVE:
            self.opened(community)
        elif community.state == CommunityState.ARCHIVED:
            _drop_plans(community)
        editing_rights.sync_classified(community)
        live.ask_rooms_again(Topic.objects.filter(community=community).values_list("conversation", flat=True))
        # The community's name and access are part of what each of its entries tells the index.
        outbox.record(*entry_things_of(Entry.objects.published().filter(community=community)))

    def members_changed(self, community: Community) -> None:
        standing = community.state in {CommunityState.ACTIVE, CommunityState.ARCHIVED}
        if standing and community.access == Access.CLASSIFIED:
            editing_rights.sync_classified(community)


def _drop_plans(community: Community) -> None:
    """Nothing new goes live there any more: the clock would try in vain."""
    waiting = EntryPage.objects.filter(entry__community=community, live=False)
    numbers = [str(pk) for pk in waiting.values_list("pk", flat=True)]
    planned = Revision.page_revisions.filter(object_id__in=numbers, approved_go_live_at__isnull=False)
    planned.update(approved_go_live_at=None)


def _parents(community: Community) -> list[Page]:
    """Where the community's pages belong, in every language that the site has."""
    kind: type[Any] = ClassifiedCommunitiesPage if community.access == Access.CLASSIFIED else CommunitiesPage
    return list(kind.objects.select_related("locale"))


def _add(parent: Page, community: Community) -> CommunityPage:
    language = parent.locale.language_code
    page = CommunityPage(
        title=community.name_in(language),
        slug=community.slug,
        community=community,
        locale=parent.locale,
        translation_key=community.public_id,
        owner=community.proposed_by,
    )
    parent.add_child(instance=page)
    return page


def ensure_site(home_model: type[Any]) -> None:
    """Lay the trunk of the page tree: a home page a language, and the two parents of communities below each."""
    root = Page.get_first_root_node() or _add_root()
    original: Any = None
    for code, _name in settings.LANGUAGES:
        locale, _created = Locale.objects.get_or_create(language_code=code)
        home = home_model.objects.filter(locale=locale).first()
        if home is None:
            home = home_model(title="Guildhall", slug=f"home-{code}", locale=locale)
            if original is not None:
                home.translation_key = original.translation_key
            root.add_child(instance=home)
        original = original or home
        for model, slug, title in (
            (CommunitiesPage, "communities", "Communities"),
            (ClassifiedCommunitiesPage, "classified", "Classified communities"),
        ):
            if not model.objects.filter(locale=locale).exists():
                child = model(title=title, slug=slug, locale=locale)
                twin = model.objects.first()
                if twin is not None:
                    child.translation_key = twin.translation_key
                home.add_child(instance=child)
    site, _created = Site.objects.get_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "root_page": original, "site_name": "Guildhall"},
    )
    if site.root_page_id != original.pk:
        site.root_page = original
        site.save()
    Page.objects.filter(depth=2, slug="home", content_type__model="page").exclude(pk=original.pk).delete()


def _add_root() -> Page:
    """Wagtail lays its root while migrating; a database that was emptied since has none."""
    Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    return Page.add_root(title="Root", slug="root")
