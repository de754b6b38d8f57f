from core.models.audit import AuditEntry
from core.models.exchange_rate import ExchangeRate
from core.models.former import FormerAddress
from core.models.job import Job
from core.models.names import Named
from core.models.outbox import OutboxEntry

__all__ = ["AuditEntry", "ExchangeRate", "FormerAddress", "Job", "Named", "OutboxEntry"]
