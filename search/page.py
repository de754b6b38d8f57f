"""The page of results: what the address asks for, what answers, and how it may be narrowed."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.declarations import Hit, Recommended, SearchFacet, search_sources
from core.facet_groups import FacetGroup, Option
from people.access import Viewer
from search import analysis, engine, facet_names, fragments, tries
from search.backends.asking import BEST, NEWEST
from search.models import LoggedQuery

MOST_CHOICES = 50
SORTS: Mapping[str, Any] = {BEST: gettext_lazy("Best first"), NEWEST: gettext_lazy("Newest first")}


@dataclass(frozen=True)
class InFile:
    """A file that comes with a hit and has what was asked for, with the piece of it."""

    title: SafeString
    url: str
    fragment: SafeString


@dataclass(frozen=True)
class Found:
    """A hit as a list shows it: with its icon and the words that were asked for marked."""

    hit: Hit
    icon: str
    title: SafeString
    summary: SafeString
    fragment: SafeString
    file: "InFile | None" = None


@dataclass(frozen=True)
class Asked:
    """What the address asks for; a kind and a sort that do not exist are passed over."""

    q: str
    kind: str
    sort: str
    number: int
    choices: Mapping[str, list[str]]

    @classmethod
    def of(cls, query: QueryDict) -> "Asked":
        kind, sort, number = (query.get(name, "") for name in ("kind", "sort", "page"))
        return cls(
            q=query.get("q", "")[: analysis.LONGEST_TEXT].replace("\x00", "").strip(),
            kind=kind if kind in {source.kind for source in engine.kinds()} else "",
            sort=sort if sort in SORTS else BEST,
            number=_page_number(number),
            choices={
                name: [value.replace("\x00", "")[:100] for value in dict.fromkeys(values)][:MOST_CHOICES]
                for name in engine.facet_names()
                if (values := query.getlist(name))
            },
        )


@dataclass
class SearchPage:
    """One look at what answers a question."""

    viewer: Viewer
    query: QueryDict
    languages: Sequence[str]
    recommended: list[Recommended] = field(default_factory=list)
    logged: LoggedQuery | None = None
    asked: Asked = field(init=False)
    number: int = field(init=False)

    def __post_init__(self) -> None:
        self.asked = Asked.of(self.query)
        self.number = min(self.asked.number, engine.DEEPEST // engine.PAGE_SIZE)

    @property
    def is_first(self) -> bool:
        """Of all kinds, not narrowed, from the beginning: where recommendations stand."""
        return self.asked.number == 1 and not self.asked.kind and not self.asked.choices

    @cached_property
    def chosen(self) -> dict[str, list[str]]:
        """Of what the address asks for, what there is."""
        named = facet_names.named(self.asked.choices, self.viewer)
        chosen = {}
        for facet in engine.listed_facets():
            values = self.asked.choices.get(facet.name, [])
            if facet.rows is None:
                known = [value for value in values if facet.find(value, self.viewer) == [value]]
            else:
                known = [value for value in values if (facet.name, value) in named]
            if known:
                chosen[facet.name] = known
        return chosen

    @property
    def unknown(self) -> list[str]:
        """Values of the address that name nothing; they are passed over, and that is said."""
        return [
            value[:60]
            for name, values in self.asked.choices.items()
            for value in values
            if value not in self.chosen.get(name, [])
        ]

    @cached_property
    def results(self) -> engine.Results:
        """Of the page that is asked for; of the last one where that is behind it."""
        found = self._search(self.number)
        if found.hits or self.number == 1:
            return found
        kind = self.asked.kind
        last = math.ceil((found.totals.get(kind, 0) if kind else found.total) / engine.PAGE_SIZE)
        self.number = min(max(1, last), engine.DEEPEST // engine.PAGE_SIZE)
        return self._search(self.number)

    def _search(self, number: int) -> engine.Results:
        return engine.search(
            self.asked.q,
            self.viewer,
            kind=self.asked.kind or None,
            languages=self.languages,
            chosen=self.chosen,
            sort=self.asked.sort,
            offset=(number - 1) * engine.PAGE_SIZE,
            marked=True,
        )

    @cached_property
    def found(self) -> list[Found]:
        above = {each.hit.key for each in self.recommended}
        found = [self._found(hit) for hit in self.results.hits if hit.key not in above]
        in_files = self._in_files([each.hit for each in found if not _says_why(each)])
        return [replace(each, file=in_files.get(each.hit.id)) for each in found]

    @cached_property
    def less_strict(self) -> list[tries.Try]:
        """Where nothing was found: the question without what narrows it."""
        return tries.less_strict(self.asked.q, self.viewer, languages=self.languages)

    @cached_property
    def popular(self) -> list[tries.Try]:
        return tries.popular(self.viewer)

    @property
    def shown(self) -> int:
        """How many answer, of the kind that is shown."""
        return self.results.answered

    @property
    def page(self) -> Page[Any]:
        pages: Paginator[Any] = Paginator(range(min(self.shown, engine.DEEPEST)), engine.PAGE_SIZE)
        return Page(self.results.hits, min(self.number, pages.num_pages), pages)

    @property
    def corrected_url(self) -> str:
        return self.address(q=self.results.corrected) if self.results.corrected else ""

    @property
    def tabs(self) -> list[dict[str, Any]]:
        everything = [("", _("Everything"), self.results.total)]
        everything += [
            (source.kind, source.label, self.results.totals.get(source.kind, 0)) for source in engine.kinds()
        ]
        return [
            {
                "label": label,
                "url": self.address(kind=name),
                "is_current": name == self.asked.kind,
                "count": count,
            }
            for name, label, count in everything
        ]

    @cached_property
    def facets(self) -> list[FacetGroup]:
        """Those that leave a choice, with the counts that the others leave."""
        groups = []
        for facet in engine.listed_facets():
            options = self._options(facet)
            if len(options) > 1 or any(option.selected for option in options):
                groups.append(FacetGroup(facet.name, facet.legend, options))
        return groups

    @property
    def chips(self) -> list[dict[str, str]]:
        """The choices that are on, each with the address without it."""
        return [
            {"label": option.label, "remove_url": self._without(group.name, option.value)}
            for group in self.facets
            for option in group.options
            if option.selected
        ]

    @property
    def unnarrowed_url(self) -> str:
        return self.address(**dict.fromkeys(engine.facet_names(), ""))

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the form of facets carries along unseen."""
        return [(name, str(self.query[name])) for name in ("q", "kind", "sort") if self.query.get(name)]

    @property
    def sorts(self) -> list[dict[str, Any]]:
        return [
            {"label": label, "url": self.address(sort=name), "is_current": name == self.asked.sort}
            for name, label in SORTS.items()
        ]

    @property
    def sort_label(self) -> Any:
        return SORTS[self.asked.sort]

    def address(self, **changes: str) -> str:
        """This look with other settings, from its first page."""
        query = self.query.copy()
        query.pop("page", None)
        for name, value in changes.items():
            query.pop(name, None)
            if value:
                query[name] = value
        return f"{reverse('search')}?{query.urlencode()}"

    def _without(self, name: str, value: str) -> str:
        query = self.query.copy()
        query.pop("page", None)
        query.setlist(name, [other for other in query.getlist(name) if other != value])
        return f"{reverse('search')}?{query.urlencode()}"

    def _found(self, hit: Hit) -> Found:
        words = self.results.words
        return Found(
            hit=hit,
            icon=engine.source_of(hit.kind).icon,
            title=analysis.mark(hit.title, words),
            summary=analysis.mark(hit.summary, words),
            fragment=fragments.of(hit, self.results.fragments),
        )

    def _in_files(self, hits: list[Hit]) -> dict[str, InFile]:
        """For hits that do not say themselves why they were found: the file that does, by the id of the hit."""
        by_kind: dict[str, list[str]] = {}
        for hit in hits:
            by_kind.setdefault(engine.source_of(hit.kind).kind, []).append(hit.id)
        found: dict[str, InFile] = {}
        for kind, ids in by_kind.items():
            for hit_id, files in search_sources[kind].files(ids, self.viewer).items():
                for file in files:
                    title = analysis.mark(file.title, self.results.words)
                    fragment = fragments.around(file.text, self.results.words)
                    if fragment or "<mark>" in title:
                        found.setdefault(hit_id, InFile(title, file.url, fragment))
        return found

    def _options(self, facet: SearchFacet) -> list[Option]:
        chosen = self.chosen.get(facet.name, [])
        counts = {**dict.fromkeys(chosen, 0), **self.results.facets.get(facet.name, {})}
        options = [
            Option(
                value,
                self._labels.get((facet.name, value)) or facet.label(value),
                count,
                value in chosen,
                value if facet.name == "language" else "",
            )
            for value, count in counts.items()
            # What the reader may not know the name of, the index may still count for a moment.
            if facet.rows is None or (facet.name, value) in self._labels
        ]
        return sorted(options, key=lambda each: (not each.selected, -(each.count or 0), each.label.lower()))

    @cached_property
    def _labels(self) -> dict[tuple[str, str], str]:
        """What every value that is shown is called."""
        facets = engine.listed_facets()
        counted = {facet.name: list(self.results.facets.get(facet.name, {})) for facet in facets}
        values = {name: [*values, *self.chosen.get(name, [])] for name, values in counted.items()}
        return facet_names.named(values, self.viewer)


def _says_why(found: Found) -> bool:
    """Whether something that was asked for is seen in what the list shows of a hit."""
    return any("<mark>" in text for text in (found.title, found.summary, found.fragment))


def _page_number(text: str) -> int:
    return min(max(1, int(text)), engine.DEEPEST) if text.isdecimal() and len(text) < 6 else 1
