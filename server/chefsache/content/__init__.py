"""Read the project's files: find, name, parse, locate and format Turtle; read the headers of queries."""
