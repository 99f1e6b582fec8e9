"""What the database refuses, asked for in as few questions as possible."""

from functools import reduce
from operator import and_, or_

from django.core.exceptions import FieldError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


def belongs_to_one(name, kinds=("city", "practice")):
    """Return the constraint that a record hangs on just one of several kinds of records."""
    ways = (Q(*((f"{kind}__isnull", kind != owner) for kind in kinds)) for owner in kinds)
    return models.CheckConstraint(
        condition=reduce(or_, ways),
        name=name,
        violation_error_message=_("Choose a city or a practice, one of the two."),
    )


class Constrained(models.Model):
    """A record whose checks are one question to the database, and several only where one fails."""

    class Meta:
        abstract = True

    def validate_constraints(self, exclude=None):
        checks = [c for c in self._meta.constraints if isinstance(c, models.CheckConstraint)]
        if not checks:
            return super().validate_constraints(exclude)
        values = self._get_field_expression_map(meta=self._meta, exclude=exclude)
        try:
            all_hold = reduce(and_, (check.condition for check in checks), Q()).check(values)
        except FieldError:  # a column of one of them is not in the form
            all_hold = False
        if all_hold and len(checks) == len(self._meta.constraints):
            return None
        return super().validate_constraints(exclude)
