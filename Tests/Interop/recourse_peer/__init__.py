"""A peer of Recourse's bus, written from proto/README.md alone."""
