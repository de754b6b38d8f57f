"""What is known of comings and goings before they were kept: each membership's last change."""

from typing import Any

from django.db import migrations

BATCH = 2000


def remember(apps: Any, schema_editor: Any) -> None:
    memberships = apps.get_model("people", "Membership").objects.exclude(state="requested")
    changes = apps.get_model("people", "MembershipChange").objects
    rows = memberships.order_by("pk").values_list("community_id", "user_id", "state", "since")
    some = []
    for community, user, state, since in rows.iterator(chunk_size=BATCH):
        was = "active" if state == "ended" else ""
        some.append(changes.model(community_id=community, user_id=user, state=state, was=was, at=since))
        if len(some) == BATCH:
            changes.bulk_create(some)
            some = []
    changes.bulk_create(some)


def forget(apps: Any, schema_editor: Any) -> None:
    apps.get_model("people", "MembershipChange").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("people", "0005_members_by_list_and_rule")]

    operations = [migrations.RunPython(remember, forget)]
