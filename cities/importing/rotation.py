"""Which of the backups in a folder stay: 7 daily, 4 weekly and 12 monthly ones."""

from datetime import date

NAME = "site-{}.zip"  # of one made on a day
PERIODS = [  # (what two days have in common, how many stay)
    (date.toordinal, 7),
    (lambda day: day.isocalendar()[:2], 4),
    (lambda day: (day.year, day.month), 12),
]


def kept(days):
    """Return those of the days whose backup stays: of each day, week and month the newest."""
    days = sorted(days)
    newest = [list({period(day): day for day in days}.values())[-n:] for period, n in PERIODS]
    return set().union(*newest)


def rotate(folder):
    """Remove the backups that need not stay; return the names of those that do, oldest first."""
    days = {}
    for path in folder.glob(NAME.format("*")):
        try:
            days[date.fromisoformat(path.stem.removeprefix("site-"))] = path
        except ValueError:  # somebody's own
            continue
    staying = kept(days)
    for day in days.keys() - staying:
        days[day].unlink()
    return [days[day].name for day in sorted(staying)]
