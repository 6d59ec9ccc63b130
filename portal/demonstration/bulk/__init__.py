"""Invented rows by the million, to measure with: in a scratch database only, written past the services."""
