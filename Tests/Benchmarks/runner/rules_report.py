"""Tables of the rules' benchmarks, in Markdown."""

from __future__ import annotations

from runner import rules
from runner.report import number, spread
from runner.rules import RulesCase


def case(case: RulesCase, result: dict, decisions: int) -> str:
    lines = [f"### {case.what[0].upper()}{case.what[1:]}", ""]
    if "failed" in result:
        return "\n".join([*lines, f"{case.name} failed: {result['failed']}"]) + "\n"
    median = result["median"]
    row = {"": case.name, "/s": number(median["per_second"]), "±": spread(result)}
    verdict = ""
    if case.name in rules.ALONE:
        allocations = result["allocations"]
        row["ns/assessment"] = number(median["ns"])
        row["allocations"] = "–" if allocations is None else f"{allocations:.1f}"
        goal, met = rules.GOAL_PER_SECOND, median["per_second"] >= rules.GOAL_PER_SECOND
        verdict = f"Goal: {goal:,}/s on one core, {'met' if met else 'missed'}."
    else:
        row["s"] = f"{median['seconds']:.1f}"
        row["CPU s"] = f"{median['cpu_seconds']:.1f}"
    if case.name in rules.STORED:
        row |= {"decisions": f"{decisions:,}", "different": f"{median['different']:,.0f}",
                "lines of progress": f"{median['told']:.0f}"}  # fmt: skip
        if case.name == "rules-simulate":
            met = median["seconds"] < rules.GOAL_SECONDS
            if decisions >= rules.GOAL_DECISIONS or not met:
                verdict = f"Goal: under {rules.GOAL_SECONDS:.0f} s, {'met' if met else 'missed'}."
        else:
            verdict = "Goal: none different, met."
    for cells in (row, ["---", *["---:"] * (len(row) - 1)], row.values()):
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join([*lines, "", verdict]).rstrip() + "\n"
