"""Letters, words, languages, units and how figures are written."""
