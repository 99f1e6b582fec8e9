"""The HTML checker (vnu) over every page."""

import json
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from .table import none_of

JAR = Path(__file__).parent / "node_modules/vnu-jar/build/dist/vnu.jar"


def check(site, pages, typical):
    with TemporaryDirectory() as folder:
        for number, page in enumerate(pages):
            Path(folder, f"{number}.html").write_text(page.html, encoding="utf-8")
        command = ["java", "-jar", JAR, "--format", "json", "--exit-zero-always", folder]
        run = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
        told = json.loads(run.stderr)["messages"]
    # What is merely information (“trailing slash on void elements has no effect”) is let pass.
    findings = [
        f"HTML: {pages[int(Path(message['url']).stem)].path}, line {message['lastLine']}: "
        f"{message['message']}"
        for message in told
        if message["type"] != "info" or message.get("subType") == "warning"
    ]
    return [none_of("HTML checker: errors and warnings", findings)], findings
