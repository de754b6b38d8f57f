# Django gives a day a leading zero.
DATE_FORMAT = "j E Y р."
DATETIME_FORMAT = "j E Y р. H:i"
