"""`run`: the console script. The only place that owns the process: collector, streams, exit status."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from typing import NoReturn

INTERRUPTED = 130
"""Exit status after Ctrl-C: 128 + SIGINT, as shells have it."""

PIPE_CLOSED = 141
"""Exit status when the reader of standard output went away: 128 + SIGPIPE."""


def run() -> NoReturn:
    """Run the command line and end the process.

    The process ends without taking the interpreter apart: freeing a plan's objects one by one costs more than checking
    a small plan, and the collector would only ever find objects that are still needed.
    """
    gc.disable()
    # Plug-ins that other packages register for pydantic have no business here, and looking for them takes time.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A path may hold what the stream's encoding has no word for; never die of printing it.
            stream.reconfigure(errors="backslashreplace")
    try:
        code = invoke(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        code = PIPE_CLOSED
    except KeyboardInterrupt:
        code = INTERRUPTED
    with suppress(OSError):
        sys.stderr.flush()
    os._exit(code)


def invoke(arguments: list[str]) -> int:
    """Run the command line with `arguments` and return its exit status; messages go to standard error."""
    import click

    from planlint.cli.main import main
    from planlint.config.run import ConfigurationError
    from planlint.rulekit.pack import BrokenPackError

    if "_PLANLINT_COMPLETE" in os.environ:
        main.main(args=arguments, prog_name="planlint")  # prints what a shell asked for, and exits
    try:
        # Not `main.main`: it answers a closed pipe with status 1, which means findings.
        with main.make_context("planlint", arguments) as context:
            result = main.invoke(context)
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.Abort:
        return INTERRUPTED
    except click.UsageError as error:
        return _fail(error.format_message(), error.ctx)
    except click.ClickException as error:
        return _fail(error.format_message())
    except ConfigurationError as error:
        return max(_fail(sentence) for sentence in error.sentences)
    except BrokenPackError as error:
        return _fail(str(error))
    return result if isinstance(result, int) else 0


def _fail(message: str, context: object = None) -> int:
    import click

    from planlint.reporters.terminal import visible

    text = visible(message.rstrip("."))
    click.echo(f"planlint: error: {text}", err=True)
    if isinstance(context, click.Context):
        click.echo(f"Try '{context.command_path} --help'.", err=True)
    return 2
