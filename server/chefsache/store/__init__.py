"""Snapshot -> answers: one small protocol, an embedded store in worker processes, guarded execution."""
