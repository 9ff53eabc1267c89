"""The SPARQL endpoint: queries, whole graphs, what it says of itself, and the workbench."""
