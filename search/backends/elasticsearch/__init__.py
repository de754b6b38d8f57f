"""The search of an installation that has Elasticsearch; where it is away the database answers (docs/search.md)."""

from search.backends.elasticsearch.connection import COME_BACK, Behind, Unavailable, is_configured

__all__ = ["COME_BACK", "Behind", "Unavailable", "is_configured"]
