"""British dates: 22 November 2026; in figures only what nobody reads otherwise."""

DATE_FORMAT = "j F Y"
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%d.%m.%Y"]
MONTH_DAY_FORMAT = "j F"
