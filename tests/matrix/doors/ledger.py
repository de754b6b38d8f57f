"""Who uses what: records, lists and files."""

from typing import Any

from tests.matrix.doors.door import INSIDE, READERS, REDIRECT, Door, every, only, signed_in, to
from tests.matrix.scene import Scene


def recording(slug: str, answers: dict[str, int]) -> list[Door]:
    """What is done with the record of an entry, and with a new one. The lead recorded it for another enterprise."""

    def key(scene: Scene) -> Any:
        return scene.world.entries[slug].key

    def record(scene: Scene) -> Any:
        return scene.replications[slug].public_id

    managing = {"lead"} if slug.startswith("vault") else {"lead", "curator", "moderator"}

    def editing(status: int) -> dict[str, int]:
        """The recorder, and those who manage the community, of those who see the entry."""
        return {
            role: (status if role in managing else 403) if answer == 200 else answer
            for role, answer in every(answers).items()
        }

    def judging(status: int) -> dict[str, int]:
        return {
            role: (status if role in {"curator", "moderator"} else 403) if answer == 200 else answer
            for role, answer in every(answers).items()
        }

    said = {"decision": "confirm", "version": "1", "reason": "Seen"}
    led = {role: REDIRECT if answer == 200 else answer for role, answer in judging(200).items()}
    return [
        Door("record_replication", answers, to("record_replication", key), note=slug),
        Door("record_replication", answers, to("record_replication", key), "post", {"status": "no"}, slug),
        Door("replication", answers, to("replication", record), note=slug),
        Door("edit_replication", editing(200), to("edit_replication", record), note=slug),
        Door("withdraw_replication", editing(REDIRECT), to("withdraw_replication", record), "post", {}, slug),
        Door("judge_replication", led, to("judge_replication", record), note=slug),
        Door("judge_replication", led, to("judge_replication", record), "post", said, slug),
    ]


DOORS: list[Door] = [
    Door("replications", signed_in()),
    Door(
        "replications", signed_in(), lambda s: "/replications/?since=nonsense&community=%00", note="nonsense"
    ),
    Door("replications_waiting", only("curator", "moderator")),
    Door("export_replications", signed_in(), to("export_replications", "csv"), note="CSV"),
    Door("export_replications", signed_in(), to("export_replications", "xlsx"), note="Excel"),
    Door("export_replications", signed_in(404), to("export_replications", "exe"), note="nonsense"),
    Door("unit", signed_in(), to("unit", "pumps")),
    Door("unit", signed_in(404), to("unit", "no-such"), note="unknown"),
    *recording("workshop-open", signed_in()),
    *recording("workshop-closed", only(*READERS, refused=404)),
    *recording("boardroom-open", only(*READERS, refused=404)),
    *recording("vault-open", only(*INSIDE, refused=404)),
    *recording("vault-classified", only("lead", refused=404)),
]
