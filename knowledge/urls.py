from django.urls import path, re_path

from knowledge import (
    correction_views,
    network_views,
    pin_views,
    reading_views,
    replication_views,
    slide_views,
    topic_views,
    usefulness_views,
    version_views,
    views,
)
from knowledge.page_views import content_pages, serve_page

urlpatterns = [
    path("catalogue/", views.catalogue, name="catalogue"),
    path("entries/<uuid:key>/", views.entry, name="entry"),
    path("entries/<uuid:key>/history/", version_views.entry_history, name="entry_history"),
    path("search/recommended/<uuid:public_id>/", views.recommended, name="recommended"),
    path("entries/<uuid:key>/check/", views.check_entry, name="check_entry"),
    path("entries/<uuid:key>/files/", views.entry_files, name="entry_files"),
    path("entries/<uuid:key>/slides/", slide_views.slides, name="slides"),
    path(
        "entries/<uuid:key>/slides/<slug:language>/",
        slide_views.slides_in_language,
        name="slides_in_language",
    ),
    path("entries/<uuid:key>/slides/<slug:language>/pdf/", slide_views.slides_pdf, name="slides_pdf"),
    path("entries/<uuid:key>/reading/", reading_views.note_reading, name="note_reading"),
    path("entries/<uuid:key>/keep/", reading_views.keep_entry, name="keep_entry"),
    path("entries/<uuid:key>/use/", replication_views.record_replication, name="record_replication"),
    path("replications/", network_views.replications, name="replications"),
    path("replications/waiting/", replication_views.replications_waiting, name="replications_waiting"),
    path("replications/export/<str:form>/", network_views.export_replications, name="export_replications"),
    path("replications/<uuid:public_id>/", replication_views.replication, name="replication"),
    path("replications/<uuid:public_id>/edit/", replication_views.edit_replication, name="edit_replication"),
    path(
        "replications/<uuid:public_id>/withdraw/",
        replication_views.withdraw_replication,
        name="withdraw_replication",
    ),
    path(
        "replications/<uuid:public_id>/judge/", replication_views.judge_replication, name="judge_replication"
    ),
    path("people/units/<slug:slug>/", network_views.unit, name="unit"),
    path("entries/<uuid:key>/useful/", usefulness_views.usefulness, name="usefulness"),
    path("entries/<uuid:key>/feedback/", usefulness_views.entry_feedback, name="entry_feedback"),
    path(
        "entries/<uuid:key>/corrections/new/", correction_views.suggest_correction, name="suggest_correction"
    ),
    path("corrections/", correction_views.corrections, name="corrections"),
    path("corrections/<uuid:key>/", correction_views.correction, name="correction"),
    path("corrections/<slug:part>/", correction_views.corrections, name="corrections_part"),
    path("reading/", reading_views.reading, name="reading"),
    path("reading/<slug:part>/", reading_views.reading, name="reading_part"),
    path("communities/<slug:slug>/", views.community, name="community"),
    path(
        "communities/<slug:slug>/entries/<slug:section>/", views.community_entries, name="community_entries"
    ),
    path("communities/<slug:slug>/topics/", topic_views.community_topics, name="community_topics"),
    path("communities/<slug:slug>/topics/new/", topic_views.open_topic, name="open_topic"),
    path("topics/", topic_views.topics, name="topics"),
    path("topics/<uuid:public_id>/", topic_views.topic, name="topic"),
    path("topics/<uuid:public_id>/change/", topic_views.change_topic, name="change_topic"),
    path("topics/<uuid:public_id>/close/", topic_views.close_topic, name="close_topic"),
    path("topics/<uuid:public_id>/reopen/", topic_views.reopen_topic, name="reopen_topic"),
    path("communities/<slug:slug>/arrange/", pin_views.arrange_community, name="arrange_community"),
    path("entries/<uuid:key>/pin/", pin_views.pin_entry, name="pin_entry"),
    path("entries/<uuid:key>/pin/move/", pin_views.move_pin, name="move_pin"),
    path("entries/<uuid:key>/ask-owner/", views.ask_owner, name="ask_owner"),
    path("communities/<slug:slug>/statistics/", views.community_statistics, name="community_statistics"),
    path("communities/<slug:slug>/statistics/export/", views.export_statistics, name="export_statistics"),
]

# Content pages under their language.
page_urlpatterns = content_pages(re_path(r"^((?:[\w\-]+/)*)$", serve_page, name="wagtail_serve"))
