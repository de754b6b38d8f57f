"""The places of the shell: header, bottom bar of phones, the person's menu, footer."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from people import access

LANGUAGE_PREFIX = re.compile(r"^/(en|ru|uk|bg|he)(?=/)")


@dataclass(frozen=True)
class Place:
    """Somewhere one can go. Its addresses are promised to others, so they stand here as they are."""

    name: str
    label: Any
    url: str
    icon: str
    is_current: bool = False


HOME = Place("home", _("Home"), "/", "home")
COMMUNITIES = Place("communities", _("Communities"), "/communities/", "users-group")
CATALOGUE = Place("catalogue", _("Catalogue"), "/catalogue/", "books")
PEOPLE = Place("people", _("People"), "/people/", "users")
SEARCH = Place("search", _("Search"), "/search/", "search")

HEADER = (HOME, COMMUNITIES, CATALOGUE, PEOPLE)
# What has no address below its place: the ledger, and what is done with a single entry.
BELONGING = {"/replications/": CATALOGUE, "/entries/": CATALOGUE}
BOTTOM_BAR = (HOME, COMMUNITIES, CATALOGUE, PEOPLE, SEARCH)


def current_place(path: str) -> str:
    """The name of the place a path lies in, "" where it lies in none. Content pages begin with a language."""
    path = LANGUAGE_PREFIX.sub("", path)
    if path == "/":
        return HOME.name
    for place in BOTTOM_BAR:
        if place is not HOME and path.startswith(place.url):
            return place.name
    for start, place in BELONGING.items():
        if path.startswith(start):
            return place.name
    return ""


def marked(places: Iterable[Place], current: str) -> list[Place]:
    """The places, the current one marked."""
    return [replace(place, is_current=place.name == current) for place in places]


def person_places(user: Any) -> list[Place]:
    """The menu of a signed-in person; only what is open to them."""
    places = [
        Place("profile", _("Profile"), user.get_absolute_url(), "user-circle"),
        Place("notifications", _("Notifications"), "/notifications/", "bell"),
        Place("reading", _("My reading"), "/reading/", "bookmark"),
        Place("corrections", _("Corrections"), "/corrections/", "writing"),
        Place("topics", _("Topics"), "/topics/", "messages"),
        Place("direct", _("Direct messages"), "/direct/", "message-circle"),
        Place("saved_views", _("Saved views"), "/views/", "filter-star"),
        Place("settings", _("Settings"), "/profile/", "settings"),
    ]
    if access.viewer_of(user).may("wagtailadmin.access_admin"):
        places.append(Place("admin", _("Administration"), "/admin/", "layout-dashboard"))
    return places
