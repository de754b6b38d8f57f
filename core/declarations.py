"""What apps declare for others to collect: dataclasses and their registries.

Owned here so that an app may declare a searchable kind or a panel without importing the app that shows it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from django.db.models import Q, QuerySet
from django.http import HttpRequest

T = TypeVar("T")


class Registry(Generic[T]):
    """An ordered collection by name; registering a name twice is a mistake."""

    def __init__(self) -> None:
        self._items: dict[str, T] = {}

    def register(self, name: str, item: T) -> T:
        if name in self._items and self._items[name] != item:
            raise ValueError(f"{name!r} is registered twice")
        self._items[name] = item
        return item

    def __getitem__(self, name: str) -> T:
        return self._items[name]

    def __contains__(self, name: object) -> bool:
        return name in self._items

    def __iter__(self) -> Iterator[T]:
        return iter(self._items.values())

    def names(self) -> list[str]:
        return list(self._items)


@dataclass(frozen=True)
class Hit:
    """One search result as every list and the API show it; `label` is its kind in words."""

    kind: str
    key: str
    title: str
    url: str
    summary: str = ""
    language: str = ""
    context: str = ""
    id: str = ""
    slug: str = ""
    label: Any = ""


@dataclass(frozen=True)
class FoundFile:
    """A file that comes with a hit: where it opens, and what stands in it as far as that is known."""

    title: str
    url: str
    text: str


@dataclass(frozen=True)
class Recommended:
    """A hit that curators recommend for what was asked; `key` is whose count it is, `url` counts whoever follows."""

    key: int
    hit: Hit
    url: str


@dataclass(frozen=True)
class Recommender:
    """Who knows what is recommended. `find(question, viewer, languages)` gives what this viewer may see."""

    find: Callable[[str, Any, Any], list[Recommended]]
    count_shown: Callable[[list[Recommended]], None]


class Viewer(Protocol):
    """Who is asking; `people.access` makes them. Two who may see the same are equal."""

    def __hash__(self) -> int: ...

    @property
    def keys(self) -> frozenset[str]: ...

    @property
    def cleared(self) -> frozenset[int]: ...


@dataclass(frozen=True)
class SearchSource:
    """A kind of thing that can be found.

    `visible(viewer)` is a queryset of the indexed model limited to what the viewer may see: made of the viewer alone,
    without asking the clock or the database, for it is kept. `hits(rows)` makes results of the values that rows have in
    `hit_fields`, without a query. `rows_of(keys)` finds the indexed rows behind keys of the outbox, and `key` is the
    path to that key from a row.

    Rows with the same `group` are one thing in several languages, and one hit. `parts` are kinds within the kind, and
    `part_labels` their names. What is not `listed` is indexed for the admin's search alone. `weight` is what a match
    counts among other kinds. `prepare(rows)` reads at once what the words of all these rows need and no queryset can
    bring with it.

    An engine apart from the database answers by itself who may see what: `audiences(rows)` gives the keys of those for
    whom each is `visible`, none for what no reader may see. `facets` are the paths from a row to the values of the
    facets by which answers are narrowed and counted (`SearchFacet`), `newest` the path to the moment by which they are
    put in order, `popularity` the one to how much use is made of it (`core.popularity`). `files(ids, viewer)` gives, by
    the ids of hits, the files that come with them and that the viewer may open: what was found in one is led to there.
    """

    kind: str
    label: Any
    icon: str
    model: Any
    visible: Callable[[Any], QuerySet[Any]]
    indexable: Callable[[], QuerySet[Any]]
    rows_of: Callable[[list[str]], QuerySet[Any]]
    key: str
    hit_fields: tuple[str, ...] = ()
    hits: Callable[[Sequence[Sequence[Any]]], list[Hit]] = lambda rows: []
    order: int = 100
    group: str = "pk"
    language: str = ""
    parts: Mapping[str, Q] = field(default_factory=dict)
    part_labels: Mapping[str, Any] = field(default_factory=dict)
    listed: bool = True
    weight: float = 1.0
    prepare: Callable[[list[Any]], None] = lambda rows: None
    audiences: Callable[[list[Any]], list[list[str]]] = lambda rows: [[] for _row in rows]
    facets: Mapping[str, str] = field(default_factory=dict)
    newest: str = ""
    popularity: str = ""
    files: Callable[[list[str], Any], dict[str, list[FoundFile]]] = lambda ids, viewer: {}


@dataclass(frozen=True)
class SearchFacet:
    """By what answers of a search are narrowed: the value that a source has under this name in its `facets`.

    `rows(values, viewer)` is a queryset of pairs: a value that the viewer may know of, and what it is called in the
    reader's language; where no table holds the names, `label(value)` says it. `find(text, viewer)` gives the values
    that somebody means who writes one of `prefixes` and a colon before the text. What is not `listed` is too many to
    choose from.
    """

    name: str
    legend: Any
    find: Callable[[str, Any], list[str]]
    rows: Callable[[list[str], Any], QuerySet[Any]] | None = None
    label: Callable[[str], str] = str
    prefixes: tuple[str, ...] = ()
    listed: bool = True
    order: int = 100


@dataclass(frozen=True)
class Named:
    """Something that is suggested by its name."""

    title: str
    url: str


@dataclass(frozen=True)
class Suggester:
    """Who knows names that no search source has. `find(words, viewer, most)` gives those that begin so."""

    kind: str
    label: Any
    icon: str
    find: Callable[[list[str], Any, int], list[Named]]


@dataclass(frozen=True)
class HomePanel:
    """A panel of the home page. `context(request)` returns None where the panel has nothing to say to this person."""

    name: str
    template: str
    context: Callable[[HttpRequest], dict[str, Any] | None]
    order: int = 100
    aside: bool = False


@dataclass(frozen=True)
class PersonPanel:
    """A panel of a person's card. `context(request, person)` returns None where there is nothing to show the reader."""

    name: str
    template: str
    context: Callable[[HttpRequest, Any], dict[str, Any] | None]
    order: int = 100


@dataclass(frozen=True)
class CommunitySection:
    """A tab of a community. Its address is `url_name` with the community's `slug` and with `arguments`."""

    slug: str
    label: Any
    url_name: str
    order: int = 100
    arguments: dict[str, str] = field(default_factory=dict)
    shown: Callable[[Any, Any], bool] = field(default=lambda community, viewer: True)


recommenders: Registry[Recommender] = Registry()


@dataclass(frozen=True)
class DeskPanel:
    """A part of what waits for a community's leads. `context(request, community)` is None where nothing waits."""

    name: str
    template: str
    context: Callable[[HttpRequest, Any], dict[str, Any] | None]
    order: int = 100


search_sources: Registry[SearchSource] = Registry()
search_facets: Registry[SearchFacet] = Registry()
suggesters: Registry[Suggester] = Registry()
home_panels: Registry[HomePanel] = Registry()
person_panels: Registry[PersonPanel] = Registry()
community_sections: Registry[CommunitySection] = Registry()
# What its leads run a community with; addressed like its sections, and shown to them alone.
community_tools: Registry[CommunitySection] = Registry()
desk_panels: Registry[DeskPanel] = Registry()
