"""Papers that differ from their document, as whoever held one reported it, and what the office of issue answered."""
