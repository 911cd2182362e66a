"""What was checked, and what did not hold."""
import time


class Tally:
    """Counts checks, and prints a line for each page as it was found, in one journey and state."""

    def __init__(self):
        self.passed = 0
        self.failed = 0
        self.began = time.monotonic()

    def page(self, journey, place, findings):
        """`findings`: by the name of a check what is wrong, in words; nothing where it holds."""
        wrong = {name: found for name, found in findings.items() if found}
        self.passed += len(findings) - len(wrong)
        self.failed += len(wrong)
        names = " ".join(name for name in findings if name not in wrong)
        if names:
            print(f"ok      {journey}  {place}  {names}", flush=True)
        for name, found in wrong.items():
            for line in found if isinstance(found, list) else [found]:
                print(f"FAILED  {journey}  {place}  {name}: {line}", flush=True)

    def check(self, journey, place, name, holds, otherwise="it does not hold"):
        self.page(journey, place, {name: None if holds else otherwise})

    def end(self):
        print(f"browser: {time.monotonic() - self.began:.0f} s")
        print(f"{self.passed} passed, {self.failed} failed", flush=True)
        return 1 if self.failed or not self.passed else 0
