from decimal import Decimal

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

CURRENCY_CODE = RegexValidator(r"\A[A-Z]{3}\Z", _("A currency is three capital letters, such as USD."))
SMALLEST_RATE = Decimal("0.0000000001")


class ExchangeRate(models.Model):
    """What one unit of a currency is worth in the base currency (`settings.BASE_CURRENCY`), from a day on.

    It holds until the next one of the same currency; see `core.exchange`.
    """

    currency = models.CharField(_("currency"), max_length=3, validators=[CURRENCY_CODE])
    date = models.DateField(_("from the day"))
    rate = models.DecimalField(
        _("rate"),
        max_digits=20,
        decimal_places=10,
        validators=[MinValueValidator(SMALLEST_RATE)],
        help_text=_("How much of the base currency one unit is worth."),
    )

    class Meta:
        verbose_name = _("exchange rate")
        verbose_name_plural = _("exchange rates")
        ordering = ["currency", "-date"]
        constraints = [
            models.UniqueConstraint(
                fields=["currency", "date"],
                name="exchange_rate_once",
                violation_error_message=_("There is a rate of this currency for this day already."),
            ),
            models.CheckConstraint(condition=models.Q(rate__gt=0), name="exchange_rate_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.date:%Y-%m-%d}"
