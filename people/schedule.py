"""Work that the clock starts."""

from celery import shared_task

from people.services import member_batches, membership_rules, popularity


@shared_task(name="people.settle_membership_rules")
def settle_membership_rules() -> None:
    """Nightly: whatever a rule missed is put right."""
    membership_rules.settle_all()


@shared_task(name="people.forget_old_batches")
def forget_old_batches() -> None:
    """Daily: what became of each row of a list is kept for thirty days."""
    member_batches.forget_old()


@shared_task(name="people.settle_popularity")
def settle_popularity() -> None:
    """Daily: how many take part in each community, for the order of what a search finds."""
    popularity.settle()
