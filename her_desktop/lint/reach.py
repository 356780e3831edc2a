"""Rules that can speak. Receives packs; emits samples that miss their own rule, and rules that nothing can reach."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from her_desktop.dialogue.rules import Rule
from her_desktop.lint.finding import Finding
from her_desktop.lint.rehearsal import Trial
from her_desktop.lint.scenes import Role
from her_desktop.lint.work import Work

_SENTENCES_A_TEMPLATE = 6
_SENTENCES_A_RULE = 24

_BROUGHT_UP: Mapping[str, set[bool | str]] = {"gambit": {True}, "follow_up": {True, "follow_up"}}
"""What `volunteers` must be in a rule after which she brings it up herself."""


def reach(work: Work) -> Iterator[Finding]:
    """Every rule that cannot speak, and every sample that does not reach the rule that it stands in."""
    silent: dict[str, str] = {}
    leaves_room: set[bool | str] = {
        rule.spec.volunteers for rule in work.book.rules.values() if not (rule.rejoinders or rule.spec.ends)
    }
    owners = {rule.follow_up: rule.id for rule in work.book.rules.values() if rule.follow_up}
    for rule in work.book.rules.values():
        if rule.id not in work.concerned:
            continue
        above = rule.parent or owners.get(rule.id, "")
        found = list(_of(work, rule, above if above in silent else "", leaves_room))
        if any(finding.check in ("silent", "never") for finding in found):
            silent[rule.id] = found[0].why
        yield from found


def _of(work: Work, rule: Rule, silent: str, leaves_room: set[bool | str]) -> Iterator[Finding]:
    place = work.sources.of(rule)
    if silent:
        fix = f"first mend {silent}, or take this out."
        yield Finding(place, rule.id, "silent", f"it follows on {silent}, which can never speak.", fix)
    elif not work.scenes.find([Role(rule)]):
        yield _no_scene(work, rule)
    elif rule.prompt in _BROUGHT_UP and not rule.notice and not leaves_room & _BROUGHT_UP[rule.prompt]:
        why = "she brings it up after a rule with “volunteers: true”, without “expects” and “ends”, and there is none."
        yield Finding(place, rule.id, "silent", why, "write volunteers: true in a rule that leaves room for it.")
    elif rule.templates:
        yield from _samples(work, rule)


def _no_scene(work: Work, rule: Rule) -> Finding:
    place = work.sources.of(rule, "needs") if rule.spec.needs else work.sources.of(rule)
    if not work.scenes.sure([Role(rule)]):
        why = "no state was found in which its conditions are true, so its samples were not tried."
        return Finding(place, rule.id, "unsure", why, "write them more simply, if you can.", "note")
    why = "its conditions are never true together" + (", while its question is open." if rule.parent else ".")
    return Finding(place, rule.id, "silent", why, "take out or change one of the conditions.")


def _samples(work: Work, rule: Rule) -> Iterator[Finding]:
    trials = dict(enumerate(work.rehearsal.trial(rule, sample) for sample in rule.spec.samples))
    if not any(trial.lands for trial in trials.values()) and (beaten := _never_wins(work, rule)):
        yield _never(work, rule, beaten)
        trials = {at: trial for at, trial in trials.items() if not trial.rival}
    for at, trial in trials.items():
        if trial.needs_topic:
            yield _only_in_topic(work, rule, at, trial)
        elif not trial.lands:
            yield _missed(work, rule, at, trial)


def _never_wins(work: Work, rule: Rule) -> Trial | None:
    """The first sentence for which another rule always wins, where there is one for every sentence of its templates."""
    made = [work.sentences(at, _SENTENCES_A_TEMPLATE) for at in rule.templates]
    beaten: Trial | None = None
    for sentence in [one for some in made for one in some][:_SENTENCES_A_RULE]:
        trial = work.rehearsal.trial(rule, sentence)
        if trial.lands or not trial.rival or not trial.sure:
            return None
        beaten = beaten or trial
    return beaten


def _never(work: Work, rule: Rule, beaten: Trial) -> Finding:
    kind = "this answer can" if rule.parent else "it can"
    why = f"{kind} never win: on “{beaten.sentence}”, as on all else that it hears, it is {beaten.why}"
    return Finding(work.sources.of(rule), rule.id, "never", why, _against(beaten))


def _missed(work: Work, rule: Rule, at: int, trial: Trial) -> Finding:
    why = f"sample “{trial.sentence}” does not reach it: {trial.why}"
    if not trial.rival:
        fix = "add a template that hears it, or write another sample."
    elif trial.sentence in work.book.rules[trial.rival].spec.samples:
        fix = f"the same sample stands in {trial.rival}: keep it in one of the two."
    else:
        fix = _against(trial)
    return Finding(work.sources.of(rule, "samples", at), rule.id, "sample", why, fix, "error" if trial.sure else "note")


def _only_in_topic(work: Work, rule: Rule, at: int, trial: Trial) -> Finding:
    why = f"sample “{trial.sentence}” reaches it only while the topic {rule.topic} is active; else it is {trial.why}"
    return Finding(work.sources.of(rule, "samples", at), rule.id, "sample", why, _against(trial), "note")


def _against(trial: Trial) -> str:
    """What would let the rule win, by the field on which it loses."""
    return {
        "tier": f"give it the tier of {trial.rival}, or conditions to {trial.rival}.",
        "priority": f"give it at least the priority of {trial.rival}.",
        "own words": f"name more of the words in its template, or give it a higher priority than {trial.rival}.",
    }.get(trial.field, f"give it a higher priority than {trial.rival}, or make its template closer to the words.")
