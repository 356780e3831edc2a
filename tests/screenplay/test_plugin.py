"""The pytest plugin, as another project has it: its own packs, its own screenplays, pytest's own options."""

import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from her_desktop.screenplay.perform import perform
from her_desktop.screenplay.read import parse
from her_desktop.screenplay.runs import names, runs
from her_desktop.screenplay.script import Screenplay

pytest_plugins = ["pytester"]

ALONE = (
    "-p", "her_desktop.screenplay.for_pytest.plugin", "-p", "no:her_desktop", "-p", "no:pytest-qt", "-p", "no:timeout",
)  # fmt: skip
"""The plugin as this checkout has it, also where none is installed, and without those of this project."""

HEAVY = ("PySide6", "numpy", "sounddevice", "vosk", "pyttsx3", "onnxruntime", "soxr", "moonshine_voice")

PACK = """\
topic: tea
rules:
  - {id: tea.offer, samples: [tea please], hears: ["tea please"], act: offer, says: ["One tea."]}
  - {id: tea.black, samples: [black tea], hears: ["black tea"], act: inform, says: ["Black, then."]}
  - {id: tea.else, tier: fallback, samples: [coffee], hears: ["*"], act: auto_negative, says: ["There is tea."]}
"""

TEA = """\
Title: Tea

INT. TEA HOUSE - DAY - 2026-11-22 10:00

GUEST
Tea, please.

HER
[[rule: tea.offer]]
One tea.

INT. TEA HOUSE, LATER - DAY - 2026-11-22 12:00

GUEST
Coffee.

HER
[[tier: fallback]]
...

INT. TEA HOUSE - NIGHT - 2026-11-22 20:00

[[fresh]]

GUEST
Black tea.

HER
Black, then.
"""


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    """A project with a pack and a screenplay."""
    pytester.makeini("[pytest]\nher_desktop_packs = packs\ntestpaths = plays\n")
    write(pytester, "packs/tea.yaml", PACK)
    write(pytester, "plays/tea.fountain", TEA)
    return pytester


def write(project: pytest.Pytester, name: str, text: str) -> Path:
    path = project.path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def ran(project: pytest.Pytester, *options: str) -> pytest.RunResult:
    return project.runpytest_inprocess(*ALONE, "-p", "no:xdist", *options)


def test_pytest_finds_the_plugin_where_the_package_is_installed() -> None:
    try:
        found = entry_points(group="pytest11")["her_desktop"]
    except KeyError:
        pytest.skip("the package is on the path, but not installed")
    assert found.value == "her_desktop.screenplay.for_pytest.plugin"


def test_each_stretch_up_to_the_next_fresh_is_a_test_called_by_its_heading(project: pytest.Pytester) -> None:
    result = ran(project, "--collect-only", "-q")
    result.stdout.fnmatch_lines(
        ["plays/tea.fountain::INT. TEA HOUSE - DAY", "plays/tea.fountain::INT. TEA HOUSE - NIGHT", "", "2 tests *"],
        consecutive=True,
    )


def test_a_test_knows_its_line(project: pytest.Pytester) -> None:
    items, _ = project.inline_genitems(*ALONE)
    assert [item.location for item in items] == [
        (str(Path("plays", "tea.fountain")), 4, "INT. TEA HOUSE - DAY"),
        (str(Path("plays", "tea.fountain")), 24, "INT. TEA HOUSE - NIGHT"),
    ]


def test_what_holds_passes(project: pytest.Pytester) -> None:
    ran(project).assert_outcomes(passed=2)


def test_a_failure_tells_file_line_why_not_and_the_trace_and_no_traceback(project: pytest.Pytester) -> None:
    write(project, "packs/tea.yaml", PACK.replace('"tea please"', '"tea now"'))
    result = ran(project)
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        [
            "*_ INT. TEA HOUSE - DAY _*",
            "plays/tea.fountain:10: expected “One tea.”, got “There is tea.”",
            "plays/tea.fountain:9: expected rule: tea.offer, got tea.else",
            "*he said: “Tea, please.”",
            "*she said: “There is tea.” (tea.else*",
            "*why not tea.offer: tea.offer did not answer*",
            "*at “please” it wants “now”*",
            "*decision * tea.else *",
        ]
    )
    result.stdout.no_fnmatch_line("*Traceback*")
    result.stdout.no_fnmatch_line("*plugin_items.py*")


@pytest.mark.parametrize(
    ("options", "passed", "left_out"),
    [
        (("-k", "NIGHT"), 1, 1),
        (("-k", "tea and not night"), 1, 1),
        (("plays/tea.fountain::INT. TEA HOUSE - NIGHT",), 1, 0),
        (("plays/tea.fountain",), 2, 0),
        (("-p", "no:cacheprovider"), 2, 0),
    ],
)
def test_tests_are_chosen_as_others_are(
    project: pytest.Pytester, options: tuple[str, ...], passed: int, left_out: int
) -> None:
    ran(project, *options).assert_outcomes(passed=passed, deselected=left_out)


def test_only_what_failed_is_run_again(project: pytest.Pytester) -> None:
    play = write(project, "plays/tea.fountain", TEA.replace("Black, then.", "Green, then."))
    ran(project).assert_outcomes(passed=1, failed=1)
    play.write_text(TEA, encoding="utf-8")
    ran(project, "--lf").assert_outcomes(passed=1)


def test_a_screenplay_that_cannot_be_read_is_an_error_with_its_line(project: pytest.Pytester) -> None:
    write(project, "plays/bad.fountain", TEA.replace("[[rule:", "[[roule:"))
    result = ran(project, "--continue-on-collection-errors")
    result.assert_outcomes(passed=2, errors=1)
    result.stdout.fnmatch_lines(["plays/bad.fountain:9: * “roule:” (did you mean rule?*"])
    result.stdout.no_fnmatch_line("*Traceback*")


def test_a_rule_that_cannot_be_read_fails_what_leans_on_its_pack(project: pytest.Pytester) -> None:
    write(project, "packs/tea.yaml", PACK.replace('"black tea"]', '"(black tea"]'))
    write(project, "plays/test_tea.py", "def test_tea(dialogue): dialogue.says('tea please')\n")
    result = ran(project)
    result.assert_outcomes(errors=3)
    result.stdout.fnmatch_lines(["tea.yaml:4: *never closed* (mend the pack)"] * 3)
    result.stdout.no_fnmatch_line("*Traceback*")


def test_packs_of_the_title_page_come_before_those_of_the_project(project: pytest.Pytester) -> None:
    write(project, "other/tea.yaml", PACK.replace("One tea.", "Two teas."))
    write(project, "plays/own.fountain", "Packs: ../other\n\nGUEST\nTea please.\n\nHER\nTwo teas.\n")
    ran(project).assert_outcomes(passed=3)


def test_the_language_of_the_project_holds_where_none_is_named(project: pytest.Pytester) -> None:
    project.makeini("[pytest]\nher_desktop_language = de\ntestpaths = plays\n")
    write(project, "plays/tea.fountain", "Title: Zeit\n\nER\nWie spät ist es?\n\nHER\n[[rule: clock.time]]\n")
    write(project, "plays/english.fountain", "language: en\n\nHE\nWhat time is it?\n\nHER\n[[rule: clock.time]]\n")
    write(
        project,
        "plays/test_tea.py",
        "def test_time(dialogue): dialogue.says('Wie spät ist es?').expect(rule='clock.time')",
    )
    ran(project).assert_outcomes(passed=3)


def test_a_project_can_give_dialogue_other_packs(project: pytest.Pytester) -> None:
    write(project, "other/tea.yaml", PACK.replace("One tea.", "Two teas."))
    write(
        project,
        "plays/test_tea.py",
        """
        import pytest

        @pytest.fixture
        def dialogue_packs(pytestconfig):
            return [pytestconfig.rootpath / "other"]

        def test_two(dialogue):
            dialogue.says("Tea please.").expect(says="Two teas.")
        """.replace("\n        ", "\n"),
    )
    ran(project).assert_outcomes(passed=3)


def test_a_failing_dialogue_shows_the_line_of_the_test_and_the_words_of_the_report(project: pytest.Pytester) -> None:
    write(project, "plays/test_tea.py", "def test_tea(dialogue):\n    dialogue.says('milk').expect(rule='tea.offer')\n")
    result = ran(project, "plays/test_tea.py")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            ">       dialogue.says('milk').expect(rule='tea.offer')",
            "E       AssertionError: plays/test_tea.py:2: expected rule: tea.offer, got tea.else",
            "E * why not tea.offer: *",
            "plays/test_tea.py:2: AssertionError",
        ]
    )
    result.stdout.no_fnmatch_line("*dialogue.py:*")


def test_tests_run_side_by_side(project: pytest.Pytester) -> None:
    pytest.importorskip("xdist", reason="pytest-xdist is not installed")
    for number in range(4):
        write(project, f"plays/tea{number}.fountain", TEA)
    write(project, "plays/wrong.fountain", TEA.replace("Black, then.", "Green, then."))
    result = project.runpytest_subprocess(*ALONE, "-n", "2")
    result.assert_outcomes(passed=11, failed=1)
    result.stdout.fnmatch_lines(["plays/wrong.fountain:29: expected “Green, then.”, got “Black, then.”"])


def test_a_run_without_a_screenplay_imports_nothing_of_ours(pytester: pytest.Pytester) -> None:
    write(
        pytester,
        "test_light.py",
        "import sys\n\ndef test_light():\n"
        "    ours = {name for name in sys.modules if name.startswith('her_desktop')}\n"
        "    room = 'her_desktop.screenplay.for_pytest'\n"
        "    assert ours == {'her_desktop', 'her_desktop.screenplay', room, f'{room}.plugin'}\n"
        "    assert 'msgspec' not in sys.modules\n",
    )
    result = pytester.runpytest_subprocess(*ALONE, "-p", "no:hypothesispytest")
    result.assert_outcomes(passed=1)


def test_screenplays_are_performed_without_qt_sound_and_arrays() -> None:
    modules = "her_desktop.screenplay.for_pytest.items, her_desktop.screenplay.for_pytest.dialogue as dialogue"
    looks = f"import sys, {modules}; dialogue.Dialogue().says('hello'); print(*{set(HEAVY)} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", looks], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


LONG = """\
Seed: 3

INT. ONE - DAY - 2026-11-22 10:00

HE
Hello.

HER
...

[[seed: 8]]

HE
Tell me a joke.

HER
...

INT. TWO - DAY - 2026-11-23 10:00

HE
Tell me a joke.

HER
...

[[fresh]]

HE
What time is it?

HER
...

HE
Tell me a joke.

HER
...

INT. TWO - DAY

[[fresh]]
[[wait: 2 hours]]

HE
What time is it?

HER
...
"""


def test_each_part_goes_alone_as_it_goes_among_the_others() -> None:
    whole = parse(LONG, Path("long.fountain"))
    parts = runs(whole)
    assert list(names(parts)) == ["INT. ONE - DAY", "INT. TWO - DAY", "INT. TWO - DAY (2)"]
    assert [beat for part in parts for beat in part.beats] == list(whole.beats)
    alone = [said for part in parts for said in talk(part)]
    assert alone == talk(whole)
    assert len({text for text, _ in alone}) > 3


def talk(screenplay: Screenplay) -> list[tuple[str, str]]:
    played = perform(screenplay).played
    return [(one.reply.text if one.reply else "", one.now.isoformat()) for one in played]


def test_a_part_without_a_heading_is_called_by_the_title_or_the_file() -> None:
    play = "HE\nHello.\n\nHER\n...\n\n[[fresh]]\n\nHE\nHello.\n\nHER\n..."
    assert list(names(runs(parse(play, Path("short.fountain"))))) == ["short", "short (2)"]
    assert list(names(runs(parse(f"Title: A :: B\n\n{play}", Path("short.fountain"))))) == ["A : B", "A : B (2)"]


def test_coverage_is_told_at_the_end_of_a_run(project: pytest.Pytester) -> None:
    write(project, "plays/tea.fountain", TEA.replace("Black tea.", "Tea, please.").replace("Black, then.", "One tea."))
    ran(project).stdout.no_fnmatch_line("*coverage of the packs*")
    told = COVERED.format(passed=2)
    ran(project, "--fountain-coverage").stdout.fnmatch_lines(told.splitlines())


def test_coverage_counts_what_python_tests_and_workers_reach(project: pytest.Pytester) -> None:
    pytest.importorskip("xdist", reason="pytest-xdist is not installed")
    write(project, "plays/tea.fountain", "GUEST\nCoffee.\n\nHER\n...\n\n[[fresh]]\n\nGUEST\nMilk.\n\nHER\n...\n")
    write(project, "plays/test_tea.py", "def test_tea(dialogue):\n    dialogue.says('tea please')\n")
    result = project.runpytest_subprocess(*ALONE, "-n", "2", "--fountain-coverage")
    result.stdout.fnmatch_lines(COVERED.format(passed=3).splitlines())


COVERED = """\
*coverage of the packs*
packs/tea.yaml * 2/3 *
Missed:
packs/tea.yaml:4: tea.black never spoke. * Say “black tea”.
*{passed} passed*"""
