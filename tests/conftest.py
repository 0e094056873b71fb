"""For all tests: Hypothesis keeps no database of examples, so that a run depends on nothing but the code."""

from hypothesis import settings

settings.register_profile("planlint", database=None)
settings.load_profile("planlint")
