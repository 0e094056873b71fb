"""Forms to fill in are known by where they lie and by what they leave open."""

import pytest

from planlint.engine.templates import is_template


@pytest.mark.parametrize(
    ("path", "text", "form"),
    [
        (".specify/templates/tasks-template.md", "# Tasks: [FEATURE NAME]", True),
        ("kit/tasks.template.md", "- [ ] T001 Add {{ENTITY}}", True),
        ("template.yaml", "title: <short title>", True),
        ("templates/tasks.md", "- [ ] T001 [P] [US1] Add a form, see [the guide](guide.md)", False),
        ("templates/01-01-PLAN.md", "<objective>Import</objective>", False),
        ("specs/004-invoice-templates/tasks.md", "# Tasks: [FEATURE NAME]", False),
        (".planning/phases/16-template-import", "Ask for [client name]", False),
        (".planning/phases/17-mail-template", "Ask for [client name]", False),
    ],
)
def test_a_template_lies_where_templates_are_kept_and_leaves_something_open(path: str, text: str, form: bool) -> None:
    assert is_template(path, text) is form
