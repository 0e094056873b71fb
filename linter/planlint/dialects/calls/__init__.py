"""Calls of `Task(...)` and `Agent(...)` in the pseudo-code of plans, in any of the styles that people write."""

from planlint.dialects.calls.arguments import Arguments, Value, read_arguments
from planlint.dialects.calls.brackets import scan_group
from planlint.dialects.calls.judgement import label_of, presents_wrong
from planlint.dialects.calls.launches import SHELL
from planlint.dialects.calls.listed import listed_script
from planlint.dialects.calls.objects import object_script
from planlint.dialects.calls.read import mentions_launch, read_scripts
from planlint.dialects.calls.script import ReadScript
from planlint.dialects.calls.spoken import spoken_scripts
from planlint.dialects.calls.tags import OPENS_LAUNCH
from planlint.dialects.calls.told import quoted_scripts, tells_prompt, told_script

__all__ = [
    "OPENS_LAUNCH",
    "SHELL",
    "Arguments",
    "ReadScript",
    "Value",
    "label_of",
    "listed_script",
    "mentions_launch",
    "object_script",
    "presents_wrong",
    "quoted_scripts",
    "read_arguments",
    "read_scripts",
    "scan_group",
    "spoken_scripts",
    "tells_prompt",
    "told_script",
]
