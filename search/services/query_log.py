"""What people search for: kept to make the search better, without names after thirty days."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Avg, Count, Max, Q

from core import clock
from people.access import ANY_EMPLOYEE
from people.models import User
from search import analysis, engine
from search.models import LoggedQuery, QuerySummary

WITH_NAMES = timedelta(days=30)
KEPT = timedelta(days=400)
# What so many people have searched for is nobody's secret.
LEAST_PEOPLE = 3
MOST_POPULAR = 300
SUMMARISED = timedelta(days=90)
MOST_SUMMARISED = 20_000


def record(
    text: str, *, user: User | None, language: str, found: int, by_some_words: bool
) -> LoggedQuery | None:
    """Somebody has searched. Nothing is kept of a text without words."""
    folded = " ".join(analysis.words(text))[:200]
    if not folded:
        return None
    return LoggedQuery.objects.create(
        text=text[:200],
        folded=folded,
        language=language,
        user=user,
        asked_at=clock.now(),
        found=found,
        by_some_words=by_some_words,
    )


def opened(public_id: str, *, user: User, rank: int) -> bool:
    """They opened the answer at this place, counted from 1; the first that they opened is kept.

    Returns whether it was a query of theirs.
    """
    queries = LoggedQuery.objects.filter(public_id=public_id, user=user)
    queries.filter(opened_at=None).update(opened_rank=rank, opened_at=clock.now())
    return queries.exists()


def forget_names() -> int:
    """Of queries older than thirty days; returns of how many. What is older than thirteen months is deleted."""
    now = clock.now()
    LoggedQuery.objects.filter(asked_at__lt=now - KEPT).delete()
    return LoggedQuery.objects.filter(asked_at__lt=now - WITH_NAMES, user__isnull=False).update(user=None)


def summarise() -> int:
    """Count anew what was asked in the last ninety days; returns how many questions there are."""
    now = clock.now()
    of_people = Count("user", distinct=True, filter=Q(asked_at__gte=now - WITH_NAMES))
    rows: list[Any] = list(
        LoggedQuery.objects.filter(asked_at__gte=now - SUMMARISED)
        .values("folded")
        .annotate(
            times=Count("pk"),
            people=of_people,
            unanswered=Count("pk", filter=Q(found=0)),
            opened=Count("opened_at"),
            mean_rank=Avg("opened_rank"),
            last_asked_at=Max("asked_at"),
        )
        .order_by("-times", "-last_asked_at")[:MOST_SUMMARISED]
    )
    popular = _popular(rows)
    written = _as_written([row["folded"] for row in rows], now - SUMMARISED)
    with transaction.atomic():
        QuerySummary.objects.all().delete()
        QuerySummary.objects.bulk_create(
            [
                QuerySummary(**row, text=written[row["folded"]], is_popular=row["folded"] in popular)
                for row in rows
            ],
            batch_size=500,
        )
    return len(rows)


def _popular(rows: list[Any]) -> set[str]:
    """What several people asked, where something that every employee may read has all of the words.

    What a few know of a closed place is not told to others.
    """
    asked = [
        row["folded"] for row in rows if row["people"] >= LEAST_PEOPLE and row["unanswered"] < row["times"]
    ][:MOST_POPULAR]
    return {folded for folded in asked if _is_answered_to_all(folded)}


def _is_answered_to_all(folded: str) -> bool:
    found = engine.search(folded, ANY_EMPLOYEE, limit=1, counted=False)
    return bool(found.hits) and not found.by_some_words and not found.corrected


def _as_written(questions: list[str], since: datetime) -> dict[str, str]:
    """Each question as most people write it."""
    rows = (
        LoggedQuery.objects.filter(asked_at__gte=since, folded__in=questions)
        .values_list("folded", "text")
        .annotate(times=Count("pk"))
        .order_by("times", "text")
    )
    return {folded: text for folded, text, _times in rows.iterator()}
