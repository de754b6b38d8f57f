from django.urls import path

from people import (
    break_glass_views,
    community_views,
    cover_views,
    desk_views,
    invitation_views,
    member_batch_views,
    membership_views,
    rule_views,
)

urlpatterns = [
    path("covers/preview/", community_views.cover_preview, name="cover_preview"),
    path("covers/<str:pattern>/<str:accent>/<str:seed>.svg", cover_views.cover, name="cover"),
    path("communities/", community_views.communities, name="communities"),
    # These stand before every community's own address, which is why no community may have it (RESERVED_SLUGS).
    path("communities/propose/", community_views.propose_community, name="propose_community"),
    path("communities/proposals/", community_views.community_proposals, name="community_proposals"),
    path("communities/classified/", break_glass_views.classified_communities, name="classified_communities"),
    path("communities/<slug:slug>/proposal/", community_views.community_proposal, name="community_proposal"),
    path(
        "communities/<slug:slug>/proposal/confirm/",
        community_views.confirm_community,
        name="confirm_community",
    ),
    path(
        "communities/<slug:slug>/proposal/decline/",
        community_views.decline_community,
        name="decline_community",
    ),
    path("communities/<slug:slug>/enter/", break_glass_views.break_glass, name="break_glass"),
    path("communities/<slug:slug>/to-do/", desk_views.community_to_do, name="community_to_do"),
    path("communities/<slug:slug>/manage/sections/", desk_views.arrange_sections, name="arrange_sections"),
    path("communities/<slug:slug>/welcome/", desk_views.put_greeting_away, name="put_greeting_away"),
    path("communities/<slug:slug>/rules/", rule_views.community_rules, name="membership_rules"),
    path(
        "communities/<slug:slug>/rules/<uuid:public_id>/remove/",
        rule_views.remove_membership_rule,
        name="remove_membership_rule",
    ),
    path("communities/<slug:slug>/manage/", community_views.manage_community, name="manage_community"),
    path(
        "communities/<slug:slug>/manage/cover/",
        community_views.set_community_cover,
        name="set_community_cover",
    ),
    path(
        "communities/<slug:slug>/manage/cover/focus/",
        community_views.focus_community_cover,
        name="focus_community_cover",
    ),
    path(
        "communities/<slug:slug>/manage/access/",
        community_views.change_community_access,
        name="change_community_access",
    ),
    path(
        "communities/<slug:slug>/manage/archive/", community_views.archive_community, name="archive_community"
    ),
    path("communities/<slug:slug>/manage/reopen/", community_views.reopen_community, name="reopen_community"),
    path("communities/<slug:slug>/join/", membership_views.join_community, name="join_community"),
    path("communities/<slug:slug>/leave/", membership_views.leave_community, name="leave_community"),
    path("communities/<slug:slug>/members/", membership_views.community_members, name="community_members"),
    path("communities/<slug:slug>/members/add/", member_batch_views.add_members, name="add_members"),
    path(
        "communities/<slug:slug>/members/steps/",
        member_batch_views.begin_member_batch,
        name="begin_member_batch",
    ),
    path(
        "communities/<slug:slug>/members/steps/<uuid:public_id>/",
        member_batch_views.member_batch,
        name="member_batch",
    ),
    path(
        "communities/<slug:slug>/members/steps/<uuid:public_id>/invite/",
        member_batch_views.invite_strangers,
        name="invite_strangers",
    ),
    *(
        path(f"communities/<slug:slug>/members/<uuid:public_id>/{step}/", view, name=view.__name__)
        for step, view in (
            ("approve", membership_views.approve_request),
            ("decline", membership_views.decline_request),
            ("remove", membership_views.remove_member),
            ("make-lead", membership_views.make_lead),
            ("step-down", membership_views.step_down),
            ("hand-over", membership_views.hand_over_lead),
        )
    ),
    path(
        "communities/<slug:slug>/invitations/",
        invitation_views.community_invitations,
        name="community_invitations",
    ),
    path(
        "communities/<slug:slug>/invitations/<uuid:public_id>/revoke/",
        invitation_views.revoke_invitation,
        name="revoke_invitation",
    ),
    path("invitations/<str:secret>/", invitation_views.accept_invitation, name="accept_invitation"),
]
