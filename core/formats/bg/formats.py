# Django has no form for a moment in Bulgarian, and a day with a leading zero and no "г.".
DATE_FORMAT = "j F Y г."
DATETIME_FORMAT = "j F Y г., H:i"
SHORT_DATETIME_FORMAT = "d.m.Y, H:i"
YEAR_MONTH_FORMAT = "F Y г."
FIRST_DAY_OF_WEEK = 1
NUMBER_GROUPING = 3
