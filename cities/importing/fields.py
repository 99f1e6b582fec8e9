"""Columns that hold several values, of records or of a closed list."""

from import_export.fields import Field

from . import cells


class Chosen(Field):
    """Records that the parts of a page name in an order, written once it is stored itself."""

    def __init__(self, column, parts, model, most):
        super().__init__(column, column, widget=cells.Keys(model, "slug", most))
        self.parts, self.field = parts, model._meta.model_name

    def get_value(self, page):
        if self.parts in getattr(page, "wanted", {}):
            return page.wanted[self.parts][1] or None
        chosen = getattr(page, self.parts).all() if page.pk else ()
        return [getattr(part, self.field) for part in chosen] or None

    def save(self, page, row, is_m2m=False, **kwargs):
        wanted = self.field, self.clean(row, **kwargs)
        page.wanted = getattr(page, "wanted", {}) | {self.parts: wanted}


class Ticked(Field):
    """Choices of a closed list, each of which has a box of its own in forms."""

    def __init__(self, column, label, choices):
        super().__init__(column, column, widget=cells.Choices(choices))
        self.label = label

    def get_value(self, page):
        return getattr(page, self.attribute) or None
