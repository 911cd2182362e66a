"""Tables of the event benchmarks, in Markdown."""

from __future__ import annotations

from runner import appends, through
from runner.appends import CEILING, LOG, POSTGRES, AppendCase
from runner.report import number, others, rate, ratio, spread


def _table(head: list[str], rows: list[list[str]]) -> list[str]:
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return ["| " + " | ".join(line) + " |" for line in lines]


def _failed(name: str, result: dict, columns: int) -> list[str]:
    return [name, f"failed: {result['failed'].replace('|', '/')}", *[""] * (columns - 2)]


def _verdict(reached: float, goal: float, *, at_most: bool = False) -> str:
    word = "at most" if at_most else "at least"
    met = reached <= goal if at_most else reached >= goal
    return f"{reached:.2f} (goal: {word} {goal:g}, {'met' if met else 'missed'})"


def append_case(case: AppendCase, results: dict[str, dict]) -> str:
    head = [
        case.name, "events/s", "±", "× SQLite", "× PostgreSQL", "events/commit", "syncs/event",
        "p50 µs", "p99 µs", "CPU µs/event (broker)",
    ]  # fmt: skip
    ceiling, postgres = rate(results, [CEILING]), rate(results, [POSTGRES])
    rows = []
    for name, result in results.items():
        if "failed" in result:
            rows.append(_failed(name, result, len(head)))
            continue
        median = result["median"]
        broker, call = median.get("cpu_us_broker"), median["cpu_us_call"]
        cpu = f"{number(call + (broker or 0))}" + (f" ({number(broker)})" if broker else "")
        rows.append([
            name, number(median["per_second"]), spread(result),
            ratio(median["per_second"], ceiling), ratio(median["per_second"], postgres),
            number(median["group"]), f"{median['syncs']:.4f}",
            number(median["p50_us"]), number(median["p99_us"]),
            "–" if name == POSTGRES else cpu,
        ])  # fmt: skip
    notes = others(results)
    log = rate(results, [LOG])
    if case.streams == appends.GOAL_STREAMS and log and ceiling and postgres:
        notes += (
            f"Of the ceiling: {_verdict(log / ceiling, appends.OF_CEILING)}. "
            f"× PostgreSQL: {_verdict(log / postgres, appends.OF_POSTGRES)}."
        )
    return "\n".join([f"### {case.title}", "", *_table(head, rows), "", notes.strip()]) + "\n"


def through_case(results: dict[str, dict]) -> str:
    head = [
        "cases there", "applications/s", "±", "p50 ms", "p99 ms", "Submit p50 ms",
        "CPU ms/application", *(f"{name}" for name in through.PROCESSES), "report s",
    ]  # fmt: skip
    rows = []
    for name, result in results.items():
        stored = f"{int(name.rsplit('-', 1)[1]):,}"
        if "failed" in result:
            rows.append(_failed(stored, result, len(head)))
            continue
        median = result["median"]
        in_ms = ["p50_us", "p99_us", "submit_p50_us", "cpu_us"]
        in_ms += [f"cpu_us_{process}" for process in through.PROCESSES]
        rows.append([
            stored, number(median["per_second"]), spread(result),
            *(f"{median[field] / 1000:.2f}" for field in in_ms),
            f"{median['statutory_seconds']:.2f}",
        ])  # fmt: skip
    title = f"### {through.ThroughCase.title}, {through.CALLERS} callers"
    lines = [title, "", *_table(head, rows), "", _comparison(results)]
    return "\n".join(lines).rstrip() + "\n"


def _comparison(results: dict[str, dict]) -> str:
    few = results.get(through.system_name(through.FEW), {}).get("median")
    most = list(results)[-1]
    many = results[most].get("median")
    if not few or not many or few is many:
        return ""
    stored = int(most.rsplit("-", 1)[1])
    cpu = {
        name: many[f"cpu_us_{name}"] / few[f"cpu_us_{name}"]
        for name in through.PROCESSES
        if few[f"cpu_us_{name}"]
    }
    each = ", ".join(f"{name} {value:.2f}" for name, value in cpu.items())
    time = _verdict(few["per_second"] / many["per_second"], through.GOAL, at_most=True)
    total = _verdict(many["cpu_us"] / few["cpu_us"], through.GOAL, at_most=True)
    return (
        f"A case among {stored:,} costs, of one among {through.FEW:,}: time {time}, "
        f"CPU {total}; {each}."
    )
