"""Communities and those who run them."""

from typing import Any

from django.urls import reverse

from tests.matrix.doors.door import INSIDE, MANAGERS, READERS, REDIRECT, Door, only, signed_in, to


def community(name: str, slug: str, answers: dict[str, int], method: str = "get", **data: Any) -> Door:
    return Door(name, answers, to(name, slug), method, data, slug)


def section(name: str, *arguments: Any) -> list[Door]:
    """A part of a community: the open one for everybody, the closed one for readers, the classified one for members."""
    return [
        Door(name, signed_in(), to(name, "workshop", *arguments), note="open"),
        Door(name, only(*READERS, refused=404), to(name, "boardroom", *arguments), note="closed"),
        Door(name, only(*INSIDE, refused=404), to(name, "vault", *arguments), note="classified"),
    ]


def managed(name: str, method: str = "get", status: int = 200, **data: Any) -> list[Door]:
    """What leads of it and curators may do in an open or closed community, and its leads in a classified one."""
    vault = {**only("lead", status=status, refused=404), "member": 403}
    return [
        community(name, "workshop", only(*MANAGERS, status=status), method, **data),
        community(name, "boardroom", only(*MANAGERS, status=status), method, **data),
        community(name, "vault", vault, method, **data),
    ]


def of_member(name: str, person: str, place: str, **data: Any) -> Door:
    """What managers of a community may do to one of its people."""
    url = to(name, place, lambda scene: scene.world.people[person].public_id)
    return Door(name, only(*MANAGERS, status=REDIRECT), url, "post", data, f"{person} of {place}")


DOORS: list[Door] = [
    Door("communities", signed_in()),
    Door("propose_community", only("expert", "curator", "moderator", "lead")),
    Door("community_proposals", only("curator", "moderator")),
    Door(
        "community_proposal",
        only("expert", "curator", "moderator", refused=404),
        to("community_proposal", lambda s: s.proposal.slug),
    ),
    Door(
        "decline_community",
        {**only("curator", "moderator", status=REDIRECT, refused=404), "expert": 403, "moderator": REDIRECT},
        to("decline_community", lambda s: s.proposal.slug),
        "post",
        {"reason": "We have one like it."},
    ),
    Door(
        "confirm_community",
        {**only("curator", "moderator", status=REDIRECT, refused=404), "expert": 403},
        to("confirm_community", lambda s: s.proposal.slug),
        "post",
    ),
    Door("community", signed_in(), to("community", "workshop"), note="open"),
    Door("community", signed_in(), to("community", "boardroom"), note="closed: others see the teaser"),
    Door("community", only(*INSIDE, refused=404), to("community", "vault"), note="classified"),
    *section("community_members"),
    *section("community_entries", "best-practices"),
    *section("community_statistics"),
    community("join_community", "workshop", signed_in(REDIRECT), "post"),
    community("join_community", "boardroom", signed_in(REDIRECT), "post"),
    community("join_community", "vault", only(*INSIDE, status=REDIRECT, refused=404), "post"),
    community("leave_community", "workshop", signed_in(REDIRECT), "post"),
    community("leave_community", "vault", only(*INSIDE, status=REDIRECT, refused=404), "post"),
    *section("export_statistics"),
    *managed("community_invitations"),
    *managed("community_to_do"),
    *managed("add_members"),
    *managed("add_members", "post", people=""),
    *managed("membership_rules"),
    *managed("arrange_community"),
    *managed("arrange_sections", "post", REDIRECT, shown="members"),
    *managed("begin_member_batch", "post", REDIRECT, action="remove", everyone="yes", confirmed="yes"),
    *managed("begin_member_batch", "post", action="remove", everyone="yes"),
    Door(
        "member_batch",
        only(*MANAGERS),
        to("member_batch", "boardroom", lambda s: s.batch.public_id),
    ),
    Door(
        "invite_strangers",
        only(*MANAGERS, status=REDIRECT),
        to("invite_strangers", "boardroom", lambda s: s.batch.public_id),
        "post",
    ),
    Door(
        "member_batch",
        {**only("lead", refused=404), "member": 403, "lead": 404},
        to("member_batch", "vault", lambda s: s.batch.public_id),
        note="of another community",
    ),
    Door(
        "remove_membership_rule",
        only(*MANAGERS),
        to("remove_membership_rule", "boardroom", lambda s: s.rule.public_id),
    ),
    Door(
        "remove_membership_rule",
        only(*MANAGERS, status=REDIRECT),
        to("remove_membership_rule", "boardroom", lambda s: s.rule.public_id),
        "post",
    ),
    community("put_greeting_away", "workshop", signed_in(REDIRECT), "post"),
    community("put_greeting_away", "vault", only(*INSIDE, status=REDIRECT, refused=404), "post"),
    *managed("manage_community"),
    *managed("change_community_access"),
    *managed("set_community_cover", "post", REDIRECT, remove="1"),
    *managed("focus_community_cover", "post", REDIRECT, focus="top"),
    *managed("archive_community", "post", REDIRECT),
    *managed("reopen_community", "post", REDIRECT),
    Door(
        "revoke_invitation",
        only(*MANAGERS, status=REDIRECT),
        to("revoke_invitation", "boardroom", lambda s: s.invitation.public_id),
        "post",
    ),
    of_member("approve_request", "employee", "boardroom"),
    of_member("decline_request", "employee", "boardroom", reason="Full"),
    of_member("make_lead", "member", "boardroom"),
    of_member("step_down", "member", "boardroom"),
    of_member("remove_member", "member", "boardroom", reason="Left the company"),
    of_member("hand_over_lead", "member", "workshop"),
    Door("classified_communities", only("moderator", refused=404)),
    Door("break_glass", {**only("moderator", refused=404)}, to("break_glass", "vault")),
    Door(
        "accept_invitation",
        {"member": REDIRECT, "lead": REDIRECT, "*": 200},
        lambda s: reverse("accept_invitation", args=[s.secret]),
        note="members are led in",
    ),
]
