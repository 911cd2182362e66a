"""Tables in Markdown."""

from __future__ import annotations

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
        f"{_PINS[here['pin']]} · median of {here['rounds']} rounds of {here['seconds']:g} s, "
        f"after {here['warmup']:g} s of warm-up",
        *(f"**Warning**: {warning}." for warning in here["warnings"]),
    ]
    return "  \n".join(lines) + "\n"


def _rate(results: dict[str, dict], names: list[str]) -> float | None:
    rates = [
        results[name]["median"]["per_second"] for name in names if "median" in results.get(name, {})
    ]
    return max(rates, default=None)


def _ratio(rate: float, base: float | None) -> str:
    return f"{rate / base:.2f}" if base else "–"


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def _row(name: str, result: dict, nats: float | None, http2: float | None) -> list[str]:
    if "failed" in result:
        return [name, f"failed: {result['failed'].replace('|', '/')}", *[""] * 8]
    median = result["median"]
    broker = median.get("peak_mib_broker")
    calls = result.get("syscalls")
    return [
        name,
        _number(median["per_second"]),
        _ratio(median["per_second"], nats),
        _ratio(median["per_second"], http2),
        *(_number(median[percentile]) for percentile in ("p50_us", "p99_us", "p999_us")),
        _number(median["cpu_us"]),
        f"{sum(calls.values()):.2f}" if calls else "–",
        _number(median["peak_mib"]) + (f" ({_number(broker)})" if broker else ""),
    ]


def case(case: Case, results: dict[str, dict]) -> str:
    one = "message" if case.is_stream else "call"
    nats, http2 = _rate(results, NATS), _rate(results, HTTP2)
    head = [
        case.name, f"{one}s/s", "× NATS", "× HTTP/2", "p50 µs", "p99 µs", "p99.9 µs",
        f"CPU µs/{one}", f"system calls/{one}", "peak MiB (broker)",
    ]  # fmt: skip
    rows = [_row(name, result, nats, http2) for name, result in results.items()]
    lines = [f"### {case.title}", ""]
    for row in (head, ["---", *["---:"] * (len(head) - 1)], *rows):
        lines.append("| " + " | ".join(row) + " |")
    broker, ceiling = _rate(results, [FORWARDING]), _rate(results, [CEILING])
    if broker and ceiling:
        lines += [
            "",
            f"Recourse's broker forwards {broker / ceiling:.2f} of what the C broker does.",
        ]
    return "\n".join(lines) + "\n"
