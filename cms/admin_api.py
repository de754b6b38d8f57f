"""What the admin's own scripts may ask about files: only those that may be seen."""

from typing import Any

from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet

from cms import admin_guard


class VisibleImages(ImagesAdminAPIViewSet):
    def get_queryset(self) -> Any:
        return super().get_queryset().filter(pk__in=admin_guard.pictures(self.request.user).values("pk"))


class VisibleDocuments(DocumentsAdminAPIViewSet):
    def get_queryset(self) -> Any:
        return super().get_queryset().filter(pk__in=admin_guard.documents(self.request.user).values("pk"))
