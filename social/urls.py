from django.urls import path

from social import comment_views, direct_views, message_views, views

urlpatterns = [
    path("comments/<slug:kind>/<uuid:key>/", comment_views.comments, name="comments"),
    path("comments/<slug:kind>/<uuid:key>/new/", comment_views.comment, name="comment"),
    path("reactions/<slug:kind>/<uuid:public_id>/", comment_views.react_to, name="react_to"),
    path(
        "conversations/<uuid:public_id>/messages/", views.conversation_messages, name="conversation_messages"
    ),
    path("conversations/<uuid:public_id>/changes/", views.conversation_changes, name="conversation_changes"),
    path("conversations/<uuid:public_id>/send/", views.send_message, name="send_message"),
    path("conversations/<uuid:public_id>/read/", views.mark_read, name="mark_read"),
    path("conversations/<uuid:public_id>/mute/", views.mute_conversation, name="mute_conversation"),
    path("conversations/<uuid:public_id>/lock/", views.lock_conversation, name="lock_conversation"),
    path("conversations/<uuid:public_id>/people/", views.conversation_people, name="conversation_people"),
    path("conversations/<uuid:public_id>/files/", views.upload_file, name="upload_file"),
    path("direct/", direct_views.direct_messages, name="direct_messages"),
    path("direct/new/", direct_views.begin_direct, name="begin_direct"),
    path("direct/<uuid:public_id>/", direct_views.direct, name="direct"),
    path("people/<uuid:public_id>/block/", direct_views.block_person, name="block_person"),
    path("messages/<uuid:public_id>/", message_views.message, name="message"),
    path("messages/<uuid:public_id>/edit/", message_views.edit_message, name="edit_message"),
    path("messages/<uuid:public_id>/delete/", message_views.delete_message, name="delete_message"),
    path("messages/<uuid:public_id>/pin/", message_views.pin_message, name="pin_message"),
    path("messages/<uuid:public_id>/react/", message_views.react, name="react"),
    path("messages/<uuid:public_id>/vote/", message_views.vote, name="vote"),
    path("messages/files/<uuid:public_id>/", message_views.message_file, name="message_file"),
    path(
        "messages/files/<uuid:public_id>/<slug:size>/", message_views.message_file, name="message_file_sized"
    ),
]
