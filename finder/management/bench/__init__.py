"""Measures the whole site on a made-up national directory; see docs/reference/performance.md."""
