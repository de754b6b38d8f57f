"""The directory, cards, what a person keeps of themselves, and what anybody may choose."""

from django.urls import path

from people import directory_views, preference_views, profile_views, saved_view_views

urlpatterns = [
    path("people/", directory_views.people, name="people"),
    path("people/<uuid:public_id>/", directory_views.person, name="person"),
    path("profile/", profile_views.profile, name="profile"),
    path("profile/photo/", profile_views.set_photo, name="set_photo"),
    path("profile/photo/remove/", profile_views.remove_photo, name="remove_photo"),
    path("profile/preferences/", profile_views.preferences, name="preferences"),
    path("profile/tokens/", profile_views.tokens, name="tokens"),
    path("profile/tokens/<uuid:public_id>/revoke/", profile_views.revoke_token, name="revoke_token"),
    path("views/", saved_view_views.saved_views, name="saved_views"),
    path("views/menu/", saved_view_views.saved_views_menu, name="saved_views_menu"),
    path("views/save/", saved_view_views.save_view, name="save_view"),
    path("views/<uuid:public_id>/share/", saved_view_views.share_view, name="share_view"),
    path("views/<uuid:public_id>/follow/", saved_view_views.follow_view, name="follow_view"),
    path("views/<uuid:public_id>/remove/", saved_view_views.remove_view, name="remove_view"),
    path("welcome/", profile_views.welcome, name="welcome"),
    path("preferences/language/", preference_views.set_language, name="set_language"),
    path("preferences/theme/", preference_views.set_theme, name="set_theme"),
]
