from django.urls import path

from social import follow_views, notification_setting_views, notification_views

urlpatterns = [
    path("notifications/", notification_views.notifications, name="notifications"),
    path("notifications/latest/", notification_views.notifications_latest, name="notifications_latest"),
    path("notifications/count/", notification_views.notifications_count, name="notifications_count"),
    path("notifications/read/", notification_views.read_notifications, name="read_notifications"),
    path(
        "notifications/settings/",
        notification_setting_views.notification_settings,
        name="notification_settings",
    ),
    path(
        "notifications/unsubscribe/<str:token>/", notification_setting_views.unsubscribe, name="unsubscribe"
    ),
    path("notifications/devices/", notification_setting_views.add_device, name="add_device"),
    path(
        "notifications/devices/<uuid:public_id>/remove/",
        notification_setting_views.remove_device,
        name="remove_device",
    ),
    path("follows/", follow_views.follow, name="follow"),
    path("mutes/", follow_views.mute, name="mute"),
]
