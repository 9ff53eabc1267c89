"""Pages that show many things at once: lists, coverage, comparison, map."""
