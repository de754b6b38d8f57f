from django.urls import path

from search import views

urlpatterns = [
    path("search/", views.search, name="search"),
    path("search/queries/<uuid:public_id>/opened/", views.opened, name="search_opened"),
    path("search/suggest/", views.suggest, name="suggest"),
]
