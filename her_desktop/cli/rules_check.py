"""`rules check` and `rules robust`: what is wrong with packs, and how well their rules stand recognition errors."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from difflib import get_close_matches
from pathlib import Path

import click
import msgspec

from her_desktop import paths
from her_desktop import settings as settings_file
from her_desktop.cli.common import Options, global_options
from her_desktop.conversation import Conversation
from her_desktop.dialogue.packs import load_language, load_packs, pack_files
from her_desktop.dialogue.rules import Rule
from her_desktop.lint import finding
from her_desktop.lint.check import check as check_all
from her_desktop.lint.heard_as import Suggestion, suggestions
from her_desktop.lint.mishearing import KINDS
from her_desktop.lint.robust import Robustness, Survived, total
from her_desktop.lint.scenes import BEGINS
from her_desktop.lint.work import Work
from her_desktop.skills import VALUES
from her_desktop.trace.lines import printable
from her_desktop.trouble import Exit, Trouble


@click.command()
@click.argument("files", metavar="[FILE|FOLDER]...", nargs=-1, type=click.Path(path_type=Path, exists=True))
@global_options
def check(options: Options, files: tuple[Path, ...]) -> int:
    """Look for everything that is wrong with packs: where, what, and how to mend it.

    Without FILES, the packs in force: those of --packs, else the shipped ones. FILES are read together with --packs, if
    both are named; notes are told of FILES alone, errors of all, since FILES may have made them. It ends with 1 where
    there is an error; a note is a hint.
    """
    work = _work(options, files)
    found = check_all(work)
    for one in found:
        click.echo(msgspec.json.encode(one.flat()).decode() if options.json else printable(one.line))
    told = {str(path) for path in pack_files(files)} or {str(source.path) for source in work.sources.files}
    rules = sum(work.sources.of(rule).file in told for rule in work.book.rules.values())
    click.echo(finding.summary(found, rules, len(told)), err=options.json)
    return int(Exit.CHECK_FAILED if any(one.severity == "error" for one in found) else Exit.DONE)


@click.command()
@click.argument("names", metavar="[RULE]...", nargs=-1)
@global_options
def robust(options: Options, names: tuple[str, ...]) -> int:
    """Try recognition errors: how often samples still reach their rule with a word put in, left out or misheard.

    The worst rules come first. “Wrong” is how often another rule answered that is about something in particular; where
    nothing was understood she says so, which is less bad. Below stand heard-as forms that were tried and would help.
    The same --seed tries the same errors.
    """
    work = _work(options, ())
    robustness = Robustness(work, options.seed or 0)
    rules = _named(work, names)
    most = robustness.of_a_kind(rules)
    with _bar(rules) as listed:
        found = sorted((robustness.measure(rule, most) for rule in listed), key=lambda one: (one.share, one.rule))
    slips = [slip for one in found for slip in one.slips]
    better = suggestions(work, slips, robustness.lines) if slips else []
    rows = [*(one for one in found if sum(one.tried.values())), total(found)]
    if options.json:
        for flat in (*(one.flat() for one in rows), *(one.flat() for one in better)):
            click.echo(msgspec.json.encode(flat).decode())
    else:
        _print(rows, better)
    return int(Exit.DONE)


def _print(rows: Sequence[Survived], better: Sequence[Suggestion]) -> None:
    width = max(len(one.rule) for one in rows)
    click.secho(
        f"{'rule':<{width}}  {'put in':>9}  {'left out':>9}  {'misheard':>9}  {'wrong':>5}  {'lands':>5}", bold=True
    )
    for one in rows:
        kinds = "  ".join(f"{f'{one.landed[kind]}/{one.tried[kind]}':>9}" for kind in KINDS)
        click.echo(f"{one.rule:<{width}}  {kinds}  {one.wrong:>5}  {one.share:>5.0%}")
    if better:
        click.secho("Heard-as forms that would help, and cost no sample of any rule:", bold=True)
    for suggestion in better:
        click.echo(printable(suggestion.line))


def _named(work: Work, names: Sequence[str]) -> list[Rule]:
    heard = {rule.id: rule for rule in work.heard()}
    for name in names:
        if name not in heard:
            near = get_close_matches(name, heard, 1)
            raise Trouble(
                f"rule {name}", "there is none that hears anything", f"did you mean {near[0]}?" if near else ""
            )
    return [heard[name] for name in names] or list(heard.values())


def _bar(rules: Sequence[Rule]) -> AbstractContextManager[Iterable[Rule]]:
    """The rules, with a bar on a terminal that shows how far it is."""
    if not sys.stderr.isatty():
        return nullcontext(rules)
    return click.progressbar(rules, label="Trying errors", file=sys.stderr)


def _work(options: Options, files: Iterable[Path]) -> Work:
    """The packs that are meant, and the conversation that they make."""
    given = (*options.packs, *files) or (_shipped(options),)
    if not pack_files(given) and _shipped(options).is_dir():
        raise Trouble(f"{given[0]}", "there are no packs in it", "name a folder with .yaml files")
    try:
        language = load_language(_language_folder(options, given))
        book = load_packs(given, language, VALUES)
    except OSError as error:
        raise Trouble(str(error.filename or "packs"), str(error.strerror), "name files that can be read") from error
    return Work(
        given,
        Conversation.of(book, language),
        (options.now or BEGINS).replace(tzinfo=None),
        frozenset(pack_files(files)),
    )


def _language_folder(options: Options, given: Iterable[Path]) -> Path:
    """Where the language stands: beside the packs, as with a conversation of theirs, else among the shipped ones."""
    folders = (path if path.is_dir() else path.parent for path in given)
    own = next((folder for folder in folders if (folder / "language.yaml").is_file()), None)
    return _shipped(options) if options.language or not own else own


def _shipped(options: Options) -> Path:
    language = options.language or settings_file.load(options.home or paths.default_home()).language
    return paths.resources() / "dialogue" / language
