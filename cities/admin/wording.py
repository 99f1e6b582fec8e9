"""Words of Django and its libraries that our editors would put otherwise.

Nothing imports this: it keeps them in our catalogues, which come before their own.
"""

from django.utils.translation import gettext_noop, ngettext_lazy

gettext_noop("Add %(name)s")
gettext_noop("Add another %(model)s")
gettext_noop("Add another %(verbose_name)s")
gettext_noop("View selected %(model)s")
gettext_noop("Change selected %(model)s")
gettext_noop("Delete selected %(model)s")
gettext_noop("Delete selected %(verbose_name_plural)s")
gettext_noop("Export selected %(verbose_name_plural)s")
gettext_noop("Select all %(total_count)s %(module_name)s")
gettext_noop("The {name} “{obj}” was added successfully.")
gettext_noop("You may edit it again below.")
gettext_noop("The {name} “{obj}” was added successfully. You may add another {name} below.")
gettext_noop("The {name} “{obj}” was changed successfully.")
gettext_noop("The {name} “{obj}” was changed successfully. You may edit it again below.")
gettext_noop("The {name} “{obj}” was changed successfully. You may add another {name} below.")
gettext_noop("The %(name)s “%(obj)s” was deleted successfully.")
gettext_noop("Successfully deleted %(count)d %(items)s.")
gettext_noop("%(name)s with ID “%(key)s” doesn’t exist. Perhaps it was deleted?")
gettext_noop(
    "Deleting the selected %(objects_name)s would result in deleting related objects, but your "
    "account doesn't have permission to delete the following types of objects:"
)
gettext_noop(
    "Deleting the selected %(objects_name)s would require deleting the following protected related "
    "objects:"
)
gettext_noop(
    "Are you sure you want to delete the selected %(objects_name)s? All of the following objects "
    "and their related items will be deleted:"
)
gettext_noop("Cannot delete %(name)s")
gettext_noop("Changed {fields} for {name} “{object}”.")
gettext_noop("Site administration")
# Translators: heads the list of accounts.
gettext_noop("Authentication and Authorization")
# Translators: names the links above a page that lead back.
gettext_noop("Breadcrumbs")
gettext_noop("log entry")
gettext_noop("log entries")
gettext_noop("object repr")
# Translators: heads the page after logging out.
gettext_noop("Logged out")
gettext_noop(
    "Designates whether this user should be treated as active. Unselect this instead of deleting "
    "accounts."
)
gettext_noop("Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.")
gettext_noop("Enter new password")
gettext_noop("Enter a valid “slug” consisting of letters, numbers, underscores or hyphens.")
gettext_noop("This exporter will export the following fields: ")
# Translators: a button: goes on to the trial of a table, or downloads one.
gettext_noop("Submit")
# Translators: the table that is imported or exported.
gettext_noop("Resource")
ngettext_lazy("Export %(len)s selected item.", "Export %(len)s selected items.")
