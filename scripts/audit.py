"""Asks advisory services whether a package of requirements/ has a known hole.

python scripts/audit.py  exit 0 if none has, or if no service can be asked, which it says; 1 if one
                         has; 2 if the question could not be put
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

LOCK = Path(__file__).parents[1] / "requirements" / "dev.txt"
SERVICES = ("osv", "pypi")
# What pip-audit ends with where a service does not answer.
UNANSWERED = ("ConnectionError", "ConnectTimeout", "ReadTimeout", "ServiceError", "ProxyError")


def main() -> int:
    unanswered = []
    for service in SERVICES:
        done = ask(service)
        if not done.stdout.strip():
            last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
            if not any(word in last for word in UNANSWERED):
                print(f"pip-audit failed: {last}")
                return 2
            unanswered.append(f"{service} cannot be reached")
            continue
        packages = json.loads(done.stdout)["dependencies"]
        if any("vulns" in package for package in packages):
            return report(service, packages)
        # An index without advisories has pip-audit say that nothing is known, of nothing asked.
        unanswered.append(f"{service} knows none of the {len(packages)} packages")
    print(f"skipped: no advisory service is reachable ({'; '.join(unanswered)})")
    return 0


def ask(service: str) -> subprocess.CompletedProcess[str]:
    """What pip-audit found of the pinned versions; nothing is resolved or installed for it."""
    command = [sys.executable, "-m", "pip_audit", "--progress-spinner", "off", "--format", "json"]
    command += ["--disable-pip", "--require-hashes", "--requirement", str(LOCK)]
    return subprocess.run(
        [*command, "--vulnerability-service", service],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def report(service: str, packages: list[dict[str, Any]]) -> int:
    """Prints what a service knows; the exit status."""
    asked = [package for package in packages if "vulns" in package]
    holes = [(package, hole) for package in asked for hole in package["vulns"]]
    for package, hole in holes:
        mended = ", ".join(hole["fix_versions"]) or "no release yet"
        print(f"{package['name']} {package['version']}: {hole['id']}, mended in {mended}")
    for package in packages:
        if "vulns" not in package:
            print(f"not asked about: {package['name']}: {package['skip_reason']}")
    print(f"{service}: {len(asked)} packages asked about, {len(holes)} known holes")
    return 1 if holes else 0


if __name__ == "__main__":
    sys.exit(main())
