"""What administrators fill in; each form asks for one change."""
