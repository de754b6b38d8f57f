"""Which sources a browser may load from: strict on the site, as strict as Wagtail allows in the admin."""

from typing import Any

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

ADMIN = "/admin/"


class ContentSecurity(CSPMiddleware):
    """The site's policy; below /admin/ with what ADMIN_CONTENT_SECURITY loosens."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts: PolicyParts = super().get_policy_parts(request, response, report_only)
        if request.path_info.startswith(ADMIN):
            replacement: dict[str, Any] = {**settings.ADMIN_CONTENT_SECURITY, **(parts.replace or {})}
            parts.replace = replacement
        return parts
