"""What the ledger looks like to programs."""

from datetime import date, datetime

from ninja import Schema
from pydantic import Field

from knowledge.choices import Confirmation, EffectPeriod, MeasureUnit, ReplicationEvent, ReplicationStatus
from people.api import PersonReference, UnitReference

NO_NUL = r"^[^\x00]*$"


class RecordedEffect(Schema):
    """Money (amount, currency) or a measure (number, unit, what was measured)."""

    amount: str | None = Field(examples=["120000.00"])
    currency: str | None = Field(examples=["EUR"])
    number: str | None = Field(examples=["320.000"])
    unit: MeasureUnit | None = Field(description="UN/ECE recommendation 20.", examples=["MWH"])
    measure: str = Field(examples=["Electricity saved"])
    period: EffectPeriod | None


class Cost(Schema):
    amount: str = Field(examples=["8500.00"])
    currency: str = Field(examples=["GBP"])


class EntryReference(Schema):
    key: str
    html_url: str


class ReplicationItem(Schema):
    id: str = Field(examples=["0198c0de-7a31-7c55-8f00-3b2f5d1c9a10"])
    entry: EntryReference
    giver: UnitReference | None = Field(description="Where the entry comes from.")
    enterprise: UnitReference = Field(description="Who uses it, or tried.")
    status: ReplicationStatus
    as_of: date = Field(description="The day whose exchange rate converts the money.")
    note: str
    effect: RecordedEffect | None
    cost: Cost | None
    confirmation: Confirmation
    recorded_at: datetime
    updated_at: datetime
    html_url: str
    url: str = Field(description="Of the detail.")


class ReplicationList(Schema):
    items: list[ReplicationItem]
    next: str | None


class State(Schema):
    """As far as it was kept; figures as text."""

    status: ReplicationStatus | None = None
    confirmation: Confirmation | None = None
    as_of_date: str | None = None
    effect_amount: str | None = None
    effect_currency: str | None = None
    effect_number: str | None = None
    effect_unit: str | None = None
    effect_measure: str | None = None
    effect_period: str | None = None
    cost_amount: str | None = None
    cost_currency: str | None = None


class ReplicationStep(Schema):
    event: ReplicationEvent
    at: datetime
    by: PersonReference | None
    reason: str
    state: State = Field(description="Of the record afterwards.")


class Judgement(Schema):
    by: PersonReference
    at: datetime
    reason: str


class ReplicationDetail(ReplicationItem):
    contact: PersonReference | None
    recorded_by: PersonReference | None
    judgement: Judgement | None
    changes: list[ReplicationStep] = Field(description="The newest first.")


class ReplicationFilters(Schema):
    limit: int = Field(20, ge=1, le=100, description="How many at most.")
    cursor: str | None = Field(None, max_length=400, description="`next` of the answer before.")
    community: str | None = Field(None, max_length=80, pattern=NO_NUL, description="Slug of a community.")
    enterprise: str | None = Field(
        None, max_length=80, pattern=NO_NUL, description="Slug of the enterprise that uses it."
    )
    giver: str | None = Field(
        None, max_length=80, pattern=NO_NUL, description="Slug of the enterprise where the entry comes from."
    )
    status: list[ReplicationStatus] = Field([], description="Only these; may be given several times.")
    confirmation: Confirmation | None = None
    updated_since: datetime | None = Field(
        None, description="Only what changed since; then the oldest change comes first."
    )
