"""Work of rules and of steps for many members: each job carries on where the one before was cut off."""

from django_tasks import task


@task
def settle_community(community_id: int) -> None:
    """Bring the members of a community in line with its rules."""
    from people.services import membership_rules  # it enqueues this task

    membership_rules.settle(community_id)


@task
def settle_person(user_id: int) -> None:
    """See to all rules for one person."""
    from people.services import membership_rules  # it enqueues this task

    membership_rules.settle_person_everywhere(user_id)


@task
def carry_out_batch(batch_id: int) -> None:
    """Do the next rows of a batch, and leave the others to the next job."""
    from people.services import member_batches  # it enqueues this task

    member_batches.carry_on(batch_id)
