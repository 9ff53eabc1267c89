"""From a name or a key to a thing: search, lookup, reconciliation."""
