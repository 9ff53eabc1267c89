"""Organigrams, timelines and networks: what they show, where it lies, and how it is drawn."""
