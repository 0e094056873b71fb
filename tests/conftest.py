"""For all tests: Hypothesis keeps no database of examples and looks at no clock; a run depends on the code alone."""

from hypothesis import HealthCheck, settings

settings.register_profile("planlint", database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("planlint")
