"""Doubts that people report about structures, and what the directorate found."""
