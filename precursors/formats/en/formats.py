"""British dates: 22 November 2026."""

DATE_FORMAT = "j F Y"
