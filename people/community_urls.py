from django.urls import path

from people import break_glass_views, community_views, cover_views, invitation_views, membership_views

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
