"""Who is in a room just now: those whose page has said so within the last minute and a half."""

from datetime import timedelta

from django.db import transaction

from core import clock
from social.models import Participant
from social.places import Place
from social.services import conversations

HERE = timedelta(seconds=90)
MOST = 50


@transaction.atomic
def arrive(place: Place) -> tuple[list[dict[str, str]], bool]:
    """Those who are here, the viewer left out, and whether the viewer was not among them before."""
    since = clock.now() - HERE
    rows = Participant.objects.filter(
        conversation=place.conversation, seen_at__gt=since, user__is_active=True
    )
    people = list(rows.order_by("-seen_at").values_list("user_id", "user__public_id", "user__name")[:MOST])
    was_here = any(pk == place.viewer.user_id for pk, _key, _name in people)
    conversations.stay(place=place)
    others = [{"id": str(key), "name": name} for pk, key, name in people if pk != place.viewer.user_id]
    return others, not was_here
