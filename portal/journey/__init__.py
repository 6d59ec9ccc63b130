"""The thread from a start page to a verified certificate, played through HTTP alone against a running portal."""
