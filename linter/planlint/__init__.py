"""planlint: a static race detector for delegation plans.

    import planlint

    plan = planlint.load("plan.yaml")
    report = planlint.check(["plan.yaml"])
    planlint.overlap("src/**/*.py", "src/api/*.py")

The names are imported when first used, so that `import planlint` alone costs nothing.
"""

from typing import TYPE_CHECKING

from planlint.version import __version__

if TYPE_CHECKING:
    from planlint.engine.api import check, load, load_all
    from planlint.engine.report import Report
    from planlint.model import Plan
    from planlint.paths import overlap
else:
    _ELSEWHERE = {
        "Plan": "planlint.model",
        "Report": "planlint.engine.report",
        "check": "planlint.engine.api",
        "load": "planlint.engine.api",
        "load_all": "planlint.engine.api",
        "overlap": "planlint.paths",
    }

    def __getattr__(name: str) -> object:
        if name not in _ELSEWHERE:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        return getattr(import_module(_ELSEWHERE[name]), name)

    def __dir__() -> list[str]:
        return sorted(__all__)


__all__ = ["Plan", "Report", "__version__", "check", "load", "load_all", "overlap"]
