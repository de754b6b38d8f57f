"""What knowledge/ shows on the home page: panels of news by two queries for all of them, and what was begun."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import BooleanField, Case, Q, Value, When
from django.http import HttpRequest

from core.declarations import HomePanel, home_panels
from knowledge import cards, my_reading
from knowledge.cards import Card
from knowledge.models import Entry
from people.access import Viewer, viewer_of
from people.models import User

SHOWN = 5


@dataclass
class News:
    """Entries that concern a reader, by why they do."""

    stale: list[Card] = field(default_factory=list)
    own: list[Card] = field(default_factory=list)
    competences: list[Card] = field(default_factory=list)
    communities: list[Card] = field(default_factory=list)


def register() -> None:
    for name, context, order in (
        ("stale_entries", _panel("stale"), 30),
        ("new_for_competences", _panel("competences"), 40),
        ("new_in_communities", _panel("communities"), 50),
        ("own_entries", _panel("own"), 70),
    ):
        home_panels.register(
            name,
            HomePanel(
                name=name,
                template=f"knowledge/panels/{name}.html",
                context=context,
                order=order,
                aside=name == "own_entries",
            ),
        )

    home_panels.register(
        "begun",
        HomePanel(name="begun", template="knowledge/panels/begun.html", context=_begun, order=20, aside=True),
    )


def _begun(request: HttpRequest) -> dict[str, Any] | None:
    viewer = viewer_of(request.user)
    if not viewer.is_employee:
        return None
    shown = my_reading.shown(my_reading.rows(my_reading.BEGUN, viewer)[:SHOWN], viewer)
    return {"shown": shown} if shown else None


def news(request: HttpRequest) -> News:
    """Worked out once a request, for whichever panel asks first."""
    known: News | None = getattr(request, "_news", None)
    if known is None:
        known = _work_out(viewer_of(request.user))
        request._news = known  # type: ignore[attr-defined]
    return known


def _panel(name: str) -> Callable[[HttpRequest], dict[str, Any] | None]:
    def context(request: HttpRequest) -> dict[str, Any] | None:
        shown = getattr(news(request), name)
        return {"cards": shown} if shown else None

    return context


def _work_out(viewer: Viewer) -> News:
    """The newest entries of each sort, found by one statement with a short list for each."""
    if not viewer.is_employee:
        return News()
    visible = Entry.objects.visible_to(viewer).published()
    newest = visible.order_by("-published_at", "-pk")
    owned = Q(owner=viewer.user_id) | Q(authors__user=viewer.user_id)
    vetted: Any = User.competences.through
    known = vetted.objects.filter(user=viewer.user_id).values("competence_id")
    said = User.skills.through.objects.filter(user=viewer.user_id).values("competence_id")
    fitting = Entry.competences.through.objects.filter(
        Q(competence__in=known) | Q(competence__in=said)
    ).values("entry_id")
    sorts = {
        "stale": visible.stale().filter(owner=viewer.user_id).order_by("review_date", "pk"),
        "own": visible.filter(pk__in=Entry.objects.filter(owned).values("pk")).order_by(
            "-published_at", "-pk"
        ),
        "competences": newest.filter(pk__in=fitting).exclude(owner=viewer.user_id),
        "communities": newest.filter(community__in=viewer.memberships).exclude(owner=viewer.user_id),
    }
    short = {name: Q(pk__in=rows.values("pk")[:SHOWN]) for name, rows in sorts.items()}
    marks = {
        f"among_{name}": Case(
            When(condition, then=Value(True)), default=Value(False), output_field=BooleanField()
        )
        for name, condition in short.items()
    }
    any_of = short["stale"] | short["own"] | short["competences"] | short["communities"]
    found = list(Entry.objects.filter(any_of).annotate(**marks).for_rows().order_by("-published_at", "-pk"))
    return News(
        **{
            name: cards.cards([entry for entry in found if getattr(entry, f"among_{name}")], viewer)
            for name in sorts
        }
    )
