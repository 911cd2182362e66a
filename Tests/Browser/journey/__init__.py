"""The public's pages, walked through in a real browser. See README.md."""
