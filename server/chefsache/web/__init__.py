"""Answers -> people: the SPARQL endpoint, linked data, pages and downloads."""
