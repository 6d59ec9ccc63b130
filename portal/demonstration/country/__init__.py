"""A small invented country for the demonstration: structures and their lives, trainees, groups, exams, certificates.

Everything in it says that it is invented. The same seed makes the same country; its dates count from the day on which
its loading began, so that it is young wherever it is loaded.
"""
