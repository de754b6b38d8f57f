"""Work for a worker: whom an event reaches, what is hidden again, and what is sent."""

from django_tasks import task


@task
def tell(event_id: int, user_ids: list[int], reason: str) -> None:
    from social.services import fan_out  # services enqueue these tasks

    fan_out.tell(event_id=event_id, user_ids=user_ids, reason=reason)


@task
def tell_followers(event_id: int, pairs: list[list[str]]) -> None:
    from social.services import fan_out

    fan_out.tell_followers(event_id=event_id, pairs=[(kind, key) for kind, key in pairs])


@task
def judge_people(user_ids: list[int]) -> None:
    """What these people may see has changed: what they are no longer to be told of is not counted any more."""
    from social.services import judging

    for user_id in user_ids:
        judging.judge(user_id=user_id)


@task
def follow_changes() -> None:
    """Things have changed: what is about them may be for others now."""
    from social.services import judging

    judging.follow_changes()


@task
def send_mails() -> None:
    from social.services import mailing

    mailing.send_due()


@task
def send_pushes() -> None:
    from social.services import push

    push.send_due()
