"""Answers -> people: the SPARQL endpoint, linked data, pages and downloads.

What starts a server and holds it together stands in front. Each folder is one subject: ``gateway`` (what every request
passes), ``http`` (what handlers share), ``endpoint`` (SPARQL), ``pages`` (one thing), ``overview`` (many),
``pictures``, ``portals`` (what harvesters take), ``matching`` (from a name or key to a thing).
"""
