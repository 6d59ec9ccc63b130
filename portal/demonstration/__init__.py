"""The demonstration: its accounts and how to look around. Nothing here loads with production settings."""
