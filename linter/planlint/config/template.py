"""The file that `planlint init` writes: every setting that most teams meet, commented, with its default."""

from __future__ import annotations

TEMPLATE = """\
# planlint: what to check in plans, and how loudly. Every line is optional.
# `planlint config show PATH` prints what holds for a path and why.

# How much advice: core (nearly no false alarms), strict, audit.
tier = "core"

# The lowest severity that makes `planlint check` exit with 1: error, warning, note or never.
fail-on = "error"

# Only these rules, and not these: codes, names, families ("ownership") or prefixes ("PL1").
# select = ["ALL"]
# ignore = ["PL305"]

# What executes the plans: claude-code, claude-code-workflow, codex, cursor or generic.
# Without it each plan decides.
# runtime = "claude-code"

# A directory search looks only at these files, and never at those (patterns as in .gitignore).
# include = ["specs/", "*.plan.yaml"]
# exclude = ["archive/"]
# force-exclude = true    # even when they are named on the command line

# Known findings: `planlint baseline write` makes the file, new findings still fail.
# baseline = "planlint-baseline.json"

# [severity]
# shared-hub = "error"
# PL204 = "off"

# [budgets]
# inherited-tokens = 60_000    # what all agents together may inherit

# [hubs]
# files = ["src/config/features.ts"]    # files that many tasks must touch
# sequences = ["db/changes"]            # directories of numbered files

# Options of one rule, by code or name.
# [rules.PL501]
# lines = 300

# Other choices for some paths; of several that match, later ones win.
# [[overrides]]
# paths = ["docs/plans/"]
# tier = "strict"
# dialect = "superpowers"

# Findings that do not count, named by what they are about: for formats without comments.
# [[ignore]]
# rule = "PL101"
# tasks = ["3.1", "3.2"]
# paths = ["CHANGELOG.md"]
# reason = "release notes are merged by hand"
# expires = 2027-03-31
"""
