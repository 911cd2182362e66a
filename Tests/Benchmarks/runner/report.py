"""Tables in Markdown."""

from __future__ import annotations

import statistics

from runner.cases import Case
from runner.systems import CEILING, FORWARDING, HTTP2, NATS

_PINS = {
    "both": "every process on the same two cores",
    "split": "caller on one core, all others on the other",
    "one": "everything on one core",
}


def conditions(here: dict) -> str:
    lines = [
        f"{here['date']} · {here['cpu']}, {here['cores']} cores · Linux {here['kernel']} · "
        f"load {here['load']}",
        f"libzmq {here['libzmq']} · nats-server {here['nats-server']} · cnats {here['cnats']} · "
        f"Swift {here['swift']} · Recourse {here['recourse']}",
        f"SQLite {here['sqlite']} · PostgreSQL {here['postgres']} · {here['disk']}",
        f"{_PINS[here['pin']]} · median of {here['rounds']} rounds of {here['seconds']:g} s, "
        f"after {here['warmup']:g} s of warm-up",
        *(f"**Warning**: {warning}." for warning in here["warnings"]),
    ]
    return "  \n".join(lines) + "\n"


def rate(results: dict[str, dict], names: list[str]) -> float | None:
    rates = [
        results[name]["median"]["per_second"] for name in names if "median" in results.get(name, {})
    ]
    return max(rates, default=None)


def ratio(rate: float, base: float | None) -> str:
    return f"{rate / base:.2f}" if base else "–"


def number(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def _with_broker(median: dict, name: str) -> str:
    broker = median.get(f"{name}_broker")
    return number(median[name]) + (f" ({number(broker)})" if broker is not None else "")


def spread(result: dict) -> str:
    """How far the rounds lie from each other: half of the range, of the median."""
    low, middle, high = (result[kind]["per_second"] for kind in ("min", "median", "max"))
    return f"{(high - low) / 2 / middle * 100:.0f} %"


def others(results: dict[str, dict]) -> str:
    rounds = [figures for result in results.values() for figures in result["rounds"]]
    shares = [figures["foreign"] for figures in rounds if "foreign" in figures]
    if not shares:
        return ""
    middle, most = statistics.median(shares) * 100, max(shares) * 100
    return f"Other processes had {middle:.0f} % of these cores meanwhile, at most {most:.0f} %. "


def _row(name: str, result: dict, nats: float | None, http2: float | None) -> list[str]:
    if "failed" in result:
        return [name, f"failed: {result['failed'].replace('|', '/')}", *[""] * 9]
    median = result["median"]
    calls = result.get("syscalls")
    return [
        name,
        number(median["per_second"]),
        spread(result),
        ratio(median["per_second"], nats),
        ratio(median["per_second"], http2),
        *(number(median[percentile]) for percentile in ("p50_us", "p99_us", "p999_us")),
        _with_broker(median, "cpu_us"),
        f"{sum(calls.values()):.2f}" if calls else "–",
        _with_broker(median, "peak_mib"),
    ]


def case(case: Case, results: dict[str, dict]) -> str:
    one = "message" if case.is_stream else "call"
    nats, http2 = rate(results, NATS), rate(results, HTTP2)
    head = [
        case.name, f"{one}s/s", "±", "× NATS", "× HTTP/2", "p50 µs", "p99 µs", "p99.9 µs",
        f"CPU µs/{one} (broker)", f"system calls/{one}", "peak MiB (broker)",
    ]  # fmt: skip
    rows = [_row(name, result, nats, http2) for name, result in results.items()]
    lines = [f"### {case.title}", ""]
    for row in (head, ["---", *["---:"] * (len(head) - 1)], *rows):
        lines.append("| " + " | ".join(row) + " |")
    notes = others(results)
    if nats:
        base = next(n for n in NATS if rate(results, [n]) == nats)
        notes += f"× NATS is of {base}. "
    broker, ceiling = rate(results, [FORWARDING]), rate(results, [CEILING])
    if broker and ceiling:
        notes += f"Recourse's broker forwards {broker / ceiling:.2f} of what the C broker does."
    return "\n".join([*lines, "", notes.strip()]) + "\n"
