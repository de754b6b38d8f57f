"""The catalogue: what the address asks for, the entries that answer, and how many every further choice would leave.

A facet's own choices never narrow its own counts, so that a second one can be added. All counts, whatever the number
of facets, choices and rows, are one statement that asks once who may see what.
"""
# The statement is put together from names of tables and columns alone; whatever a person chose is a parameter.

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.paginator import Page
from django.db.models import Case, CharField, F, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Cast, Lower
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core import pagination
from core.facet_groups import FacetGroup, Option
from knowledge import cards, effects, facet_counts, facets
from knowledge.choices import CATALOGUE_KINDS, Difficulty, EntryKind
from knowledge.facets import FACETS, LANGUAGES, TAG, Facet, Known
from knowledge.models import Entry, EntryPage, FormerTag, Tag
from knowledge.querysets import EntryQuerySet
from people.access import Viewer
from people.models import Community, Competence, FormerCompetence, Unit
from search import engine

PAGE_SIZE = 24
LONGEST_QUESTION = 200
MOST_CHOICES = 50

SORTS: Mapping[str, Any] = {
    "newest": _("Newest"),
    "used": _("Most used"),
    "effect": _("Largest effect"),
    "title": _("Title"),
}


@dataclass(frozen=True)
class Asked:
    """What the address asks for, before anybody looked whether it exists."""

    choices: Mapping[str, Sequence[str]]
    q: str
    sort: str
    is_table: bool
    page: str

    @classmethod
    def of(cls, query: QueryDict) -> "Asked":
        names = [*(facet.name for facet in FACETS), TAG.name]
        sort = query.get("sort", "")
        return cls(
            choices={name: list(dict.fromkeys(query.getlist(name)))[:MOST_CHOICES] for name in names},
            q=" ".join(query.get("q", "").replace("\0", "").split())[:LONGEST_QUESTION],
            sort=sort if sort in SORTS else "newest",
            is_table=query.get("view") == "table",
            page=query.get("page", ""),
        )


@dataclass
class Catalogue:
    """One look at the entries that a viewer may see; `within` narrows it to a community, `kinds` to its section."""

    viewer: Viewer
    query: QueryDict
    within: Community | None = None
    kinds: Sequence[str] = CATALOGUE_KINDS
    asked: Asked = field(init=False)

    def __post_init__(self) -> None:
        self.asked = Asked.of(self.query)

    @cached_property
    def chosen(self) -> dict[str, list[Known]]:
        """What of the choices exists, by facet."""
        return {
            name: list(
                {known.value: known for value in values if (known := self._found[name].get(value))}.values()
            )
            for name, values in self.asked.choices.items()
        }

    @property
    def unknown(self) -> list[str]:
        """Values of the address that name nothing; they are passed over, and that is said."""
        return [
            value[:60]
            for name, values in self.asked.choices.items()
            for value in values
            if value not in self._found[name]
        ]

    @property
    def moved_to(self) -> str:
        """The same look by the present words of the address, where it has one that was given up; else empty."""
        query = self.query.copy()
        for name, values in self.asked.choices.items():
            present = {
                value: self._found[name][value].value for value in values if value in self._found[name]
            }
            if any(value != now for value, now in present.items()):
                query.setlist(
                    name, list(dict.fromkeys(present.get(value, value) for value in query.getlist(name)))
                )
        return f"?{query.urlencode()}" if query != self.query else ""

    @property
    def total(self) -> int:
        return self._counts.get("total", [("", "", 0)])[0][2]

    @cached_property
    def page(self) -> Page:
        """The entries of the asked page."""
        rows = self._ordered(self._narrowed(self._everything, self._conditions.values()))
        return pagination.numbered(rows.for_listing(), self.asked.page, PAGE_SIZE, count=self.total)

    @cached_property
    def cards(self) -> list[cards.Card]:
        return cards.cards(self.page.object_list, self.viewer)

    @cached_property
    def facets(self) -> list[FacetGroup]:
        """Facets that leave a choice, with the counts that the other facets leave."""
        groups = []
        for facet in self._open_facets:
            options = self._options(facet)
            if len(options) > 1 or any(option.selected for option in options):
                groups.append(FacetGroup(facet.name, facet.legend, options))
        return groups

    @property
    def chips(self) -> list[dict[str, str]]:
        """The choices that are on, each with the address without it."""
        chips = []
        if self.asked.q:
            chips.append(
                {"label": f"“{self.asked.q}”", "remove_url": self._address_without("q", self.asked.q)}
            )
        return chips + [
            {"label": known.label, "remove_url": self._address_without(name, known.value)}
            for name in self._conditions
            for known in self.chosen[name]
        ]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the form of facets carries along unseen."""
        kept = [(name, str(self.query[name])) for name in ("q", "sort", "view") if self.query.get(name)]
        return [("tag", known.value) for known in self.chosen["tag"]] + kept

    @property
    def kept_for_search(self) -> list[tuple[str, str]]:
        """What the search field's form carries along: everything but the question and the page."""
        return [
            (name, value)
            for name, values in self.query.lists()
            for value in values
            if name not in {"q", "page"}
        ]

    @property
    def sorts(self) -> list[dict[str, Any]]:
        return [
            {"label": label, "url": self.address(sort=value), "is_current": value == self.asked.sort}
            for value, label in SORTS.items()
        ]

    @property
    def sort_label(self) -> Any:
        return SORTS[self.asked.sort]

    @property
    def cards_url(self) -> str:
        return self.address(view="")

    @property
    def table_url(self) -> str:
        return self.address(view="table")

    def address(self, **changes: str) -> str:
        """This look with other settings, from its first page."""
        query = self.query.copy()
        query.pop("page", None)
        for name, value in changes.items():
            query[name] = value
            if not value:
                del query[name]
        return f"?{query.urlencode()}"

    @property
    def _open_facets(self) -> list[Facet]:
        """Without those that the place already answers."""
        closed = set()
        if self.within is not None:
            closed.add("community")
        if len(self.kinds) == 1:
            closed.add("kind")
        return [facet for facet in FACETS if facet.name not in closed]

    @cached_property
    def _conditions(self) -> dict[str, Q]:
        return {
            facet.name: facet.condition(self.chosen[facet.name])
            for facet in (*self._open_facets, TAG)
            if self.chosen[facet.name]
        }

    @cached_property
    def _everything(self) -> EntryQuerySet:
        entries = Entry.objects.visible_to(self.viewer).published().of_kinds(*self.kinds)
        if self.within is not None:
            entries = entries.filter(community=self.within)
        if self.asked.q:
            pages = engine.matching(self.asked.q, self.viewer, kind="entry")
            entries = entries.filter(pk__in=EntryPage.objects.filter(pk__in=pages).values("entry_id"))
        return entries

    @staticmethod
    def _narrowed(entries: EntryQuerySet, conditions: Iterable[Q]) -> EntryQuerySet:
        for condition in conditions:
            entries = entries.filter(condition)
        return entries

    def _ordered(self, entries: EntryQuerySet) -> EntryQuerySet:
        sort = self.asked.sort
        if sort == "used":
            return entries.with_uses().order_by("-uses", "-published_at", "-pk")
        if sort == "effect":
            worth = effects.yearly_worth()
            return entries.annotate(worth=worth).order_by(
                # Where nobody knows the rate, by the bare amount, and before what brought nothing.
                F("worth").desc(nulls_last=True),
                F("effect_amount").desc(nulls_last=True),
                "-published_at",
                "-pk",
            )
        if sort == "title":
            return entries.annotate(listed_title=_title(self.viewer)).order_by(Lower("listed_title"), "pk")
        return entries.order_by("-published_at", "-pk")

    @cached_property
    def _counts(self) -> dict[str, list[tuple[str, str, int]]]:
        """For each facet its values, labels and counts; under "total" the number of entries that answer."""
        found: dict[str, list[tuple[str, str, int]]] = {}
        for name, value, label, count in facet_counts.count(
            self._everything, self._conditions, self._open_facets
        ):
            found.setdefault(name, []).append((value, label or "", count))
        return found

    def _options(self, facet: Facet) -> list[Option]:
        counted = {value: (label, count) for value, label, count in self._counts.get(facet.name, [])}
        for known in self.chosen[facet.name]:
            counted.setdefault(known.value, (known.label, 0))
        selected = {known.value for known in self.chosen[facet.name]}
        options = [
            Option(
                value,
                facets.label(facet.name, value, label),
                count,
                value in selected,
                value if facet.name == "language" else "",
            )
            for value, (label, count) in counted.items()
        ]
        return sorted(options, key=_ORDERS.get(facet.name, _by_count))

    def _address_without(self, name: str, value: str) -> str:
        query = self.query.copy()
        query.pop("page", None)
        if name == "q":
            query.pop("q", None)
        else:
            query.setlist(name, [other for other in query.getlist(name) if other != value])
        return f"?{query.urlencode()}"

    @cached_property
    def _found(self) -> dict[str, dict[str, Known]]:
        """The chosen values that exist: words of the code at once, names of rows by one query."""
        wanted = self.asked.choices
        found: dict[str, dict[str, Known]] = {name: {} for name in wanted}
        for name in ("kind", "difficulty", "language"):
            for value in wanted[name]:
                if value in (self.kinds if name == "kind" else facets.WORDS[name]):
                    found[name][value] = Known(value, facets.label(name, value, ""))
        for value in wanted["year"]:
            if value.isascii() and value.isdecimal() and len(value) == 4 and 1900 <= int(value) < 2200:
                found["year"][value] = Known(value, value, int(value))
        sources = []
        if wanted["community"]:
            communities = Community.objects.visible_to(self.viewer).filter(slug__in=wanted["community"])
            sources.append(_rows("community", communities, "slug", facets.named()))
        if wanted["enterprise"]:
            units = Unit.objects.filter(kind="enterprise", slug__in=wanted["enterprise"])
            sources.append(_rows("enterprise", units, "slug", "name"))
        if wanted["competence"]:
            competences = Competence.objects.filter(slug__in=wanted["competence"])
            left = FormerCompetence.objects.filter(slug__in=wanted["competence"])
            sources.append(_rows("competence", competences, "slug", facets.named(), "path"))
            sources.append(_former_rows("competence", left, facets.named("leads_to__"), "leads_to__path"))
        if wanted["tag"]:
            tags = Tag.objects.visible_to(self.viewer)
            former = FormerTag.objects.filter(leads_to__in=tags, slug__in=wanted["tag"])
            sources.append(_rows("tag", tags.filter(slug__in=wanted["tag"]), "slug", "name"))
            sources.append(_former_rows("tag", former, "leads_to__name"))
        if sources:
            rows = sources[0].union(*sources[1:], all=True) if len(sources) > 1 else sources[0]
            for name, number, value, label, path, now in sorted(rows, key=_given_up_first):
                found[name][value] = Known(now or value, label, number, path)
        return found


def _rows(name: str, rows: Any, value: str, label: Any, path: str = "") -> Any:
    text = CharField()
    return (
        rows.order_by()
        .annotate(
            facet=Value(name, output_field=text),
            shown_value=Cast(value, text),
            shown_label=Cast(label, text),
            shown_path=Cast(path, text) if path else Value("", output_field=text),
            present=Value("", output_field=text),
        )
        .values_list("facet", "pk", "shown_value", "shown_label", "shown_path", "present")
    )


def _former_rows(name: str, rows: Any, label: Any, path: str = "") -> Any:
    """The same of words that were given up: with the row they lead to, and its present word."""
    text = CharField()
    return (
        rows.order_by()
        .annotate(
            facet=Value(name, output_field=text),
            shown_value=Cast("slug", text),
            shown_label=Cast(label, text),
            shown_path=Cast(path, text) if path else Value("", output_field=text),
            present=Cast("leads_to__slug", text),
        )
        .values_list("facet", "leads_to_id", "shown_value", "shown_label", "shown_path", "present")
    )


def _given_up_first(row: Sequence[Any]) -> bool:
    """A word that some row bears now is that row's: it is read after, and in place of, the one that gave it up."""
    return not row[-1]


def _title(viewer: Viewer) -> Subquery:
    """The title under which a card shows an entry."""
    order = cards.reading_order(viewer)
    place = Case(
        *(When(locale__language_code=code, then=Value(at)) for at, code in enumerate(order)),
        default=Value(len(order)),
        output_field=IntegerField(),
    )
    pages = EntryPage.objects.live().filter(entry=OuterRef("pk")).order_by(place, "pk")
    return Subquery(pages.values("title")[:1])


def _by_count(option: Option) -> Any:
    return (not option.selected, -(option.count or 0), option.label.lower())


def _as_declared(names: Sequence[str]) -> Callable[[Option], int]:
    return lambda option: names.index(option.value) if option.value in names else len(names)


_ORDERS: Mapping[str, Callable[[Option], Any]] = {
    "kind": _as_declared(EntryKind.values),
    "difficulty": _as_declared(Difficulty.values),
    "language": _as_declared(list(LANGUAGES)),
    "year": lambda option: -int(option.value),
}
