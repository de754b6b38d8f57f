"""Who follows the life of communities: apps that keep something of their own for each (pages, channels, rights)."""

from typing import Protocol

from people.models import Community


class Observer(Protocol):
    def opened(self, community: Community) -> None:
        """It is active for the first time."""

    def changed(self, community: Community) -> None:
        """Its names, texts, look, access or state are others."""

    def members_changed(self, community: Community) -> None:
        """Somebody came, went, or became or ceased to be a lead."""


_observers: list[Observer] = []


def observe(observer: Observer) -> None:
    _observers.append(observer)


def announce_opening(community: Community) -> None:
    for observer in _observers:
        observer.opened(community)


def announce_change(community: Community) -> None:
    for observer in _observers:
        observer.changed(community)


def announce_members(community: Community) -> None:
    for observer in _observers:
        observer.members_changed(community)
