"""A page and a document for each thing: what it is, what is stated of it, since when, and after which source."""
