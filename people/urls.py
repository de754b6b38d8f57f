from django.urls import include, path

from people import file_views

urlpatterns = [
    path("", include("people.community_urls")),
    path("", include("people.person_urls")),
    path("files/pictures/<uuid:public_id>/<str:name>", file_views.rendition, name="rendition"),
    path("files/originals/<uuid:public_id>/<str:name>", file_views.original, name="original_picture"),
    path("documents/<int:document_id>/<str:name>", file_views.document, name="wagtaildocs_serve"),
]
