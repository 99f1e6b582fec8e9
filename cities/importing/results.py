"""What came of reading a table: what is wrong with which row, and what a row would change."""

from decimal import Decimal
from types import MappingProxyType

from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.formats import localize
from django.utils.translation import gettext_lazy
from import_export.resources import Diff
from import_export.results import Result
from tablib import Dataset

from ..editing import history
from ..text.formulas import escaped
from ..text.typography import plain

# Translators: the heading of the column that is put beside rows that cannot be imported.
WHAT_IS_WRONG = gettext_lazy("what is wrong")
NO_NEWS = {"changed_on", "uuid"}  # each save sets the one anew, and none ever changes the other


class ImportResult(Result):
    """What came of an import, and what is wrong with which line of the file."""

    lines = ()
    table = None  # what was read, and how
    headings = MappingProxyType({})  # of columns, as the file has them
    erased = older = 0  # values that would be; rows than what is on the site
    doubts = ()  # (record, what speaks against a value of it)
    unseen = 0  # cells out of which invisible characters were taken
    unread = ()  # columns of the open data that an import leaves alone

    def faulty_rows(self):
        """Return the rows that cannot be imported as a table, with what is wrong beside each."""
        reasons = {}
        for line, column, reason in self.faults():
            reasons.setdefault(line, []).append(f"{column}: {reason}" if column else reason)
        rows = [
            [escaped(cell) if isinstance(cell, str) else cell for cell in row]
            + [" ".join(reasons[line])]
            for line, row in zip(self.lines, self.table, strict=True)
            if line in reasons
        ]
        return Dataset(*rows, headers=[*self.headings.values(), str(WHAT_IS_WRONG)])

    def faults(self):
        """Yield (line, column, reason) for each fault; the column is blank for a whole row."""
        for base in self.base_errors:
            yield getattr(base.error, "line", 1), "", str(base.error)
        if self.base_errors:
            return
        for row in self.invalid_rows:
            for column, reasons in row.error_dict.items():
                column = "" if column == NON_FIELD_ERRORS else self.headings.get(column, column)
                yield self.lines[row.number - 1], column, " ".join(reasons)
        for number, errors in self.row_errors():
            for error in errors:
                yield self.lines[number - 1], "", str(error.error)


class RowDiff(Diff):
    """What a row changes: (column, what happens to its words), as cities.history tells it."""

    def as_html(self):
        before, after = (list(map(_said, values)) for values in (self.left, self.right))
        if self.new:
            before = [""] * len(after)
        return [
            (column, history.compare(old, new))
            for column, old, new in zip(self.columns, before, after, strict=True)
            if old != new and column not in NO_NEWS
        ]

    def compare_with(self, resource, instance):
        super().compare_with(resource, instance)
        self.columns = [
            column if column in NO_NEWS else resource.headings.get(column, column)
            for column in resource.get_diff_headers()
        ]


def _said(value):
    """Return a value as a reader sees it: 25, not 25.000; 0,5 in Polish."""
    if isinstance(value, Decimal):
        return str(localize(Decimal(format(value.normalize(), "f"))))
    return "" if value is None else plain(str(value))
