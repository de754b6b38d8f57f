"""The list of communities: filters out of an address, the communities they leave, the facets beside them."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from people.access import Viewer
from people.choices import Access, CommunityState
from people.models import Community, Membership
from people.querysets import CommunityQuerySet

PAGE_SIZE = 24
LONGEST_QUESTION = 100


@dataclass(frozen=True)
class Filters:
    """What the address asks for; what does not exist is passed over."""

    q: str = ""
    is_mine: bool = False
    access: tuple[str, ...] = ()
    state: str = CommunityState.ACTIVE

    @classmethod
    def of(cls, query: QueryDict) -> "Filters":
        return cls(
            q=" ".join(query.get("q", "").replace("\0", "").split())[:LONGEST_QUESTION],
            is_mine=query.get("mine") == "yes",
            access=tuple(value for value in Access.values if value in query.getlist("access")),
            state=CommunityState.ARCHIVED if query.get("state") == "archived" else CommunityState.ACTIVE,
        )


@dataclass
class CommunityList:
    """One look at the communities, in a number of queries that does not grow with them."""

    viewer: Viewer
    query: QueryDict
    filters: Filters = field(init=False)

    def __post_init__(self) -> None:
        self.filters = Filters.of(self.query)

    @property
    def communities(self) -> CommunityQuerySet:
        """The reader's own first, then those they asked to join, then the others, each by name."""
        found = self._found.filter(self._wanted(but=""))
        language = (get_language() or "en").split("-", maxsplit=1)[0]
        return found.with_standing(self.viewer).by_standing_and_name(language).for_cards()

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many communities each choice would show with the other filters as they are."""
        access = {
            value: Count("pk", filter=Q(access=value) & self._wanted(but="access")) for value in Access.values
        }
        return self._found.order_by().aggregate(
            mine=Count("pk", filter=self._mine & self._wanted(but="mine")),
            archived=Count("pk", filter=Q(state=CommunityState.ARCHIVED) & self._wanted(but="state")),
            **access,
        )

    @property
    def facets(self) -> list[dict[str, Any]]:
        filters = self.filters
        access_options = [
            {"value": value, "label": label, "count": self.counts[value], "selected": value in filters.access}
            for value, label in Access.choices
            if self.counts[value] or value in filters.access
        ]
        mine = {
            "value": "yes",
            "label": _("My communities"),
            "count": self.counts["mine"],
            "selected": filters.is_mine,
        }
        archived = {
            "value": "archived",
            "label": _("Archived"),
            "count": self.counts["archived"],
            "selected": filters.state == CommunityState.ARCHIVED,
        }
        groups = [
            {"legend": _("Show"), "name": "mine", "options": [mine]},
            {"legend": _("Access"), "name": "access", "options": access_options},
        ]
        if archived["count"] or archived["selected"]:
            groups.append({"legend": _("State"), "name": "state", "options": [archived]})
        return groups

    @property
    def chips(self) -> list[dict[str, str]]:
        """What is set, each with the address without it."""
        chips = []
        if self.filters.q:
            chips.append({"label": f"“{self.filters.q}”", "remove_url": self._without("q")})
        for group in self.facets:
            chips += [
                {
                    "label": str(option["label"]),
                    "remove_url": self._without(str(group["name"]), str(option["value"])),
                }
                for option in group["options"]
                if option["selected"]
            ]
        return chips

    @cached_property
    def _found(self) -> CommunityQuerySet:
        standing = [CommunityState.ACTIVE, CommunityState.ARCHIVED]
        communities = Community.objects.filter(state__in=standing).visible_to(self.viewer)
        return communities.matching(self.filters.q) if self.filters.q else communities

    @property
    def _mine(self) -> Q:
        memberships = Membership.objects.active().filter(user=self.viewer.user_id, community=OuterRef("pk"))
        return Q(Exists(memberships))

    def _wanted(self, *, but: str) -> Q:
        """What all filters say, `but` one facet's own."""
        wanted = Q()
        if but != "state":
            wanted &= Q(state=self.filters.state)
        if self.filters.is_mine and but != "mine":
            wanted &= self._mine
        if self.filters.access and but != "access":
            wanted &= Q(access__in=self.filters.access)
        return wanted

    def _without(self, name: str, value: str | None = None) -> str:
        rest = self.query.copy()
        rest.pop("page", None)
        rest.setlist(name, [other for other in rest.getlist(name) if value is not None and other != value])
        return f"?{rest.urlencode()}"
