"""What staff do: roles, history, checklist, links, previews, pictures."""
