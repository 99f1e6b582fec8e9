"""What the database refuses, asked for in as few questions as possible."""

from functools import reduce
from operator import and_, or_

from django.core.exceptions import FieldError, ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.constants import LOOKUP_SEP
from django.utils.translation import gettext_lazy as _


def belongs_to_one(name, kinds=("city", "practice")):
    """Return the constraint that a record hangs on just one of several kinds of records."""
    ways = (Q(*((f"{kind}__isnull", kind != owner) for kind in kinds)) for owner in kinds)
    return models.CheckConstraint(
        condition=reduce(or_, ways),
        name=name,
        violation_error_message=_("Choose a city or a practice, one of the two."),
    )


def field_of(constraint):
    """Return the field at which to say that a constraint does not hold."""
    if constraint.condition:
        return next(named(constraint.condition))
    return constraint.fields[-1]  # the owner comes first


def named(condition):
    for part in condition.children:
        if isinstance(part, Q):
            yield from named(part)
        else:
            yield part[0].split(LOOKUP_SEP)[0]


class Constrained(models.Model):
    """A record whose checks are one question to the database, and several only where one fails."""

    class Meta:
        abstract = True

    def validate_constraints(self, exclude=None):
        checks = [c for c in self._meta.constraints if isinstance(c, models.CheckConstraint)]
        all_hold = checks and self.all_hold(checks, exclude)
        errors = {}
        for constraint in self._meta.constraints:
            if all_hold and constraint in checks:
                continue
            try:
                constraint.validate(type(self), self, exclude=exclude)
            except ValidationError as error:
                errors.setdefault(field_of(constraint), []).append(error)
        if errors:
            raise ValidationError(errors)

    def all_hold(self, checks, exclude):
        values = self._get_field_expression_map(meta=self._meta, exclude=exclude)
        try:
            return reduce(and_, (check.condition for check in checks), Q()).check(values)
        except FieldError:  # a column of one of them is not in the form
            return False
