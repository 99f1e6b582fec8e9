"""The whole site as plain files."""
