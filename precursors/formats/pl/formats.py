"""Days as forms take them: no year of two digits, which could be a day."""

DATE_INPUT_FORMATS = ["%d.%m.%Y", "%Y-%m-%d"]
