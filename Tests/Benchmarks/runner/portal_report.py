"""Tables of the portal's benchmarks, in Markdown."""

from __future__ import annotations

from runner import portal
from runner.portal import PortalCase
from runner.report import number, spread


def case(case: PortalCase, results: dict[str, dict]) -> str:
    lines = [f"### {case.title}", ""]
    if "failed" in results:
        return "\n".join([*lines, f"{case.name} failed: {results['failed']['failed']}"]) + "\n"
    if case is portal.MEMORY:
        return _memory(lines, results["recourse"])
    lines += [
        "| | /s | ± | p50 ms | p90 ms | p99 ms | most ms | CPU ms: portal | intake | broker | others | until settled s |",
        "| --- | " + "---: | " * 10 + "---: |",
    ]
    for name, result in results.items():
        median = result["median"]
        known = {name: median[f"cpu_ms_{name}"] for name in ("portal", "intake", "broker")}
        settled = median.get("settled_s")
        cells = [
            name, number(median["per_second"]), spread(result),
            *(f"{median[of]:.1f}" for of in ("p50_ms", "p90_ms", "p99_ms", "max_ms")),
            *(f"{value:.2f}" for value in known.values()),
            f"{median['cpu_ms'] - sum(known.values()):.2f}",
            "–" if settled is None else f"{settled:.1f}",
        ]  # fmt: skip
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join([*lines, "", _verdict(case, results)]).rstrip() + "\n"


def _verdict(case: PortalCase, results: dict[str, dict]) -> str:
    goals = {portal.STATUS: portal.GOAL_PAGES, portal.SUBMISSIONS: portal.GOAL_SUBMISSIONS}
    if case not in goals:
        return ""
    met = [
        result["median"]["per_second"] >= goals[case] and result["median"]["p99_ms"] < portal.GOAL_P99_MS
        for name, result in results.items() if case is portal.STATUS or name.startswith("handed in")
    ]  # fmt: skip
    return (
        f"Goal: {goals[case]:,}/s with p99 under {portal.GOAL_P99_MS} ms at once: {'met' if any(met) else 'missed'}."
    )


def _memory(lines: list[str], result: dict) -> str:
    lines += ["| MiB | before | a tenth in | middle | end | most | |", "| --- | " + "---: | " * 5 + "--- |"]
    for name, memory in result["memory"].items():
        values = [f"{memory[of]:.1f}" for of in ("before_mib", "begun_mib", "middle_mib", "end_mib", "most_mib")]
        lines.append("| " + " | ".join([name, *values, "flat" if portal.is_flat(memory) else "grows"]) + " |")
    return "\n".join([
        *lines, "",
        f"Over {result['minutes']:g} minutes of {result['pages_per_second']:,.0f} pages/s (p99 "
        f"{result['pages_p99_ms']:.0f} ms) and {result['applications_per_second']:.1f} applications/s (p99 "
        f"{result['applying_p99_ms']:.0f} ms). Flat: at most {portal.GOAL_GROWTH:.0%} more at the end than in the middle.",
    ]) + "\n"  # fmt: skip
