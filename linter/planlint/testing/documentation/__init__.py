"""Documentation that is generated: `python -m planlint.testing.documentation` writes it, `--check` tells what is stale.

Rules, dialects, commands and options describe themselves; `pages` turns that into whole pages of `docs/`, and `blocks`
into parts of hand-written ones, between markers. `generate` puts both together for one checkout.
"""
