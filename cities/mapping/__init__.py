"""From degrees to what is drawn."""
