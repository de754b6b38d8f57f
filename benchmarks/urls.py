from django.urls import path

from benchmarks import views
from cms.urls import urlpatterns as site

urlpatterns = [
    path("bench/bare/<int:pk>/", views.bare, name="bench_bare"),
    path("bench/empty/", views.empty, name="bench_empty"),
    path("bench/stock/<path:path>", views.stock, name="bench_stock"),
    *site,
]
