"""Which rows? Every question of visibility is passed on to `people.access`."""

import re
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models.functions import Cast, Coalesce, Lower, NullIf
from wagtail.images.models import ImageQuerySet as WagtailImageQuerySet
from wagtail.search.queryset import SearchableQuerySetMixin

from people import access
from people.choices import CommunityState, MembershipRole, MembershipState
from people.roles import GROUP_NAMES, Role

if TYPE_CHECKING:
    from people.access import Viewer

PHOTO_SPEC = "fill-224x224"
COVER_SPEC = "fill-1440x240|format-webp"
WHOLE_COVER_SPEC = "max-480x480|format-webp"
CARD_COVER_SPEC = "fill-800x184|format-webp"
MOST_WORDS = 6


def any_case(word: str) -> str:
    """A regular expression for a word in any case.

    Said letter by letter, because SQLite, and PostgreSQL in the C locale, know the case of Latin letters alone.
    """

    def either(letter: str) -> str:
        low, high = letter.lower(), letter.upper()
        return f"[{low}{high}]" if low != high and len(low) == len(high) == 1 else re.escape(letter)

    return "".join(either(letter) for letter in word)


class UserQuerySet(models.QuerySet[Any]):
    def active(self) -> "UserQuerySet":
        return self.filter(is_active=True)

    def in_role(self, role: str) -> "UserQuerySet":
        """Who has a role: to say so beside their name, never to decide what they may."""
        return self.filter(groups__name=GROUP_NAMES[Role(role)])

    def visible_to(self, viewer: "Viewer") -> "UserQuerySet":
        """The directory is open to everyone who may look people up; those who left are not in it."""
        return self.active() if viewer.may("people.view_directory") else self.none()

    def matching(self, text: str) -> "UserQuerySet":
        """Every word of the text stands in the name or the job, whatever its case."""
        people = self
        for word in text.split()[:MOST_WORDS]:
            pattern = any_case(word)
            people = people.filter(models.Q(name__regex=pattern) | models.Q(job__regex=pattern))
        return people

    def of_unit(self, unit: int) -> "UserQuerySet":
        """Whose enterprise, site or department it is."""
        return self.filter(models.Q(enterprise=unit) | models.Q(site=unit) | models.Q(department=unit))

    def below_unit(self, path: str) -> "UserQuerySet":
        """Whose enterprise, site or department is the unit at that path of the tree, or one below it."""
        units = apps.get_model("people", "Unit").objects.filter(path__startswith=path).values("pk")
        return self.filter(
            models.Q(enterprise__in=units) | models.Q(site__in=units) | models.Q(department__in=units)
        )

    def vetted_below(self, path: str) -> "UserQuerySet":
        """Who is vetted in the competence at that path of the tree, or in one below it."""
        rows = self.model.competences.through.objects.filter(competence__path__startswith=path)
        return self.filter(pk__in=rows.values("user"))

    def with_competence(self, competence: int) -> "UserQuerySet":
        """Who is vetted in it, or says to have it as a skill."""
        people = [relation.through.objects for relation in (self.model.skills, self.model.competences)]
        skilled, vetted = (rows.filter(competence=competence).values("user") for rows in people)
        return self.filter(models.Q(pk__in=skilled) | models.Q(pk__in=vetted))

    def reading(self, *languages: str) -> "UserQuerySet":
        """Who reads and answers in any of these languages."""
        listed = self.annotate(languages_text=Cast("reading_languages", models.TextField()))
        wanted = models.Q(pk__in=[])
        for language in languages:
            wanted |= models.Q(languages_text__contains=f'"{language}"')
        return listed.filter(wanted)

    def who_may(self, permission: str) -> "UserQuerySet":
        """Active people who have a permission through a role of theirs."""
        app, codename = permission.split(".")
        granted = apps.get_model("auth", "Group").objects.filter(
            permissions__codename=codename, permissions__content_type__app_label=app
        )
        return self.active().filter(groups__in=granted).distinct().order_by("name", "pk")

    def with_photos(self) -> "UserQuerySet":
        """With what `photo_url` needs, in one query more."""
        renditions = apps.get_model("people", "Rendition").objects.filter(filter_spec=PHOTO_SPEC)
        return self.select_related("photo").prefetch_related(models.Prefetch("photo__renditions", renditions))

    def for_listing(self) -> "UserQuerySet":
        return self.with_photos().select_related("enterprise", "department").defer("about", "password")


class CommunityQuerySet(models.QuerySet[Any]):
    def active(self) -> "CommunityQuerySet":
        return self.filter(state=CommunityState.ACTIVE)

    def visible_to(self, viewer: "Viewer") -> "CommunityQuerySet":
        """Communities whose existence the viewer may know of; what is inside is another question."""
        return self.filter(access.communities(viewer))

    def open_to(self, viewer: "Viewer") -> "CommunityQuerySet":
        """Communities whose ordinary items the viewer may read."""
        return self.filter(access.inside(viewer, ""))

    def managed_by(self, viewer: "Viewer") -> "CommunityQuerySet":
        return self.filter(access.managed_communities(viewer))

    def matching(self, text: str) -> "CommunityQuerySet":
        """Every word of the text stands in one of the names, whatever its case and language."""
        communities = self
        for word in text.split()[:MOST_WORDS]:
            names = [
                models.Q(**{f"name_{code}__regex": any_case(word)}) for code, _name in settings.LANGUAGES
            ]
            communities = communities.filter(reduce(or_, names))
        return communities

    def with_standing(self, viewer: "Viewer") -> "CommunityQuerySet":
        """With what the viewer is in each: `standing` and `standing_role`, empty for those who are nothing there."""
        memberships = apps.get_model("people", "Membership").objects.filter(
            user=viewer.user_id, community=models.OuterRef("pk")
        )
        return self.annotate(
            standing=Coalesce(models.Subquery(memberships.values("state")[:1]), models.Value("")),
            standing_role=Coalesce(models.Subquery(memberships.values("role")[:1]), models.Value("")),
        )

    def by_name(self, language: str) -> "CommunityQuerySet":
        """In the order of their names in a language, English standing in where one is missing."""
        return self.order_by(_name_in(language), "pk")

    def by_standing_and_name(self, language: str) -> "CommunityQuerySet":
        """After `with_standing`: where the viewer is a member, then where they asked, then the others by name."""
        rank = models.Case(
            models.When(standing=MembershipState.ACTIVE, then=0),
            models.When(standing=MembershipState.REQUESTED, then=1),
            default=2,
        )
        return self.order_by(rank, _name_in(language), "pk")

    def for_cards(self) -> "CommunityQuerySet":
        """With what a card shows, in two queries more."""
        renditions = apps.get_model("people", "Rendition").objects.filter(filter_spec=CARD_COVER_SPEC)
        return self.select_related("cover").prefetch_related(
            "competences", models.Prefetch("cover__renditions", renditions)
        )


def name_in(language: str) -> Coalesce:
    """The name of a row that has one in each language, the English one where it lacks."""
    return Coalesce(NullIf(f"name_{language}", models.Value("")), "name_en")


def _name_in(language: str) -> Lower:
    return Lower(name_in(language))


def competence_addressed(slug: str) -> models.Q:
    """Matches the competence whose word in addresses it is; where none bears it now, the one that gave it up."""
    from people.models import Competence, FormerCompetence

    borne = Competence.objects.filter(slug=models.OuterRef("slug"))
    bare = FormerCompetence.objects.filter(~models.Exists(borne), slug=slug)
    return models.Q(slug=slug) | models.Q(pk__in=bare.values("leads_to"))


class MembershipQuerySet(models.QuerySet[Any]):
    def active(self) -> "MembershipQuerySet":
        return self.filter(state=MembershipState.ACTIVE)

    def waiting(self) -> "MembershipQuerySet":
        return self.filter(state=MembershipState.REQUESTED)

    def leads(self) -> "MembershipQuerySet":
        return self.active().filter(role=MembershipRole.LEAD)

    def for_listing(self) -> "MembershipQuerySet":
        """With the people and what a line about each shows, in one query more."""
        renditions = apps.get_model("people", "Rendition").objects.filter(filter_spec=PHOTO_SPEC)
        return self.select_related("user__enterprise", "user__photo").prefetch_related(
            models.Prefetch("user__photo__renditions", renditions)
        )


class MembershipRuleQuerySet(models.QuerySet[Any]):
    def in_force(self) -> "MembershipRuleQuerySet":
        """Rules of communities that take members at present."""
        return self.filter(community__state=CommunityState.ACTIVE)

    def for_listing(self) -> "MembershipRuleQuerySet":
        return self.select_related("unit", "competence", "made_by").order_by("unit__name", "pk")


class FileQuerySet(SearchableQuerySetMixin, models.QuerySet[Any]):
    def visible_to(self, viewer: "Viewer") -> "FileQuerySet":
        return self.filter(access.files(viewer, self.model))


class ImageQuerySet(WagtailImageQuerySet):
    def visible_to(self, viewer: "Viewer") -> "ImageQuerySet":
        return self.filter(access.files(viewer, self.model))


class SavedViewQuerySet(models.QuerySet[Any]):
    def visible_to(self, viewer: "Viewer") -> "SavedViewQuerySet":
        """One's own, and those shared with communities that one is in."""
        shared = models.Q(community__in=viewer.memberships, community__state=CommunityState.ACTIVE)
        return self.filter(models.Q(owner=viewer.user_id) | shared)

    def for_listing(self, viewer: "Viewer") -> "SavedViewQuerySet":
        """With `is_followed`, the owner and the community, by list and name."""
        from people.models import SavedViewFollow

        follows = SavedViewFollow.objects.filter(view=models.OuterRef("pk"), user=viewer.user_id)
        return (
            self.annotate(is_followed=models.Exists(follows))
            .select_related("owner", "community")
            .order_by("list", "name", "pk")
        )
