"""Modules become functions of a classic script, which does the same, or are refused."""

import json
import shutil
import subprocess

import pytest

from cities.archive import disk

MODULES = {
    "shapes.js": "export const [WIDE, HIGH] = [3, 4];\nexport const { abs } = Math;\n"
    "export class Square {\n  area() {\n    return WIDE * WIDE;\n  }\n}\n"
    "// export const hidden = 1;\n",
    "words.js": 'import { WIDE as wide } from "./shapes.js";\n'
    "export function one() {\n  return wide;\n}\n"
    "export async function other() {\n  return (await fetch('a')) + wide;\n}\n",
    "page.js": 'import * as words from "./words.js";\nimport { Square, abs } from "./shapes.js";\n'
    'const late = await import("./shapes.js");\n'
    "told.push(words.one(), await words.other(), new Square().area(), abs(-1), late.HIGH);\n",
}
BROWSER = """
const told = [], ran = [];
let functions;
globalThis.told = told;
globalThis.fromDisk = (handed) => (functions = handed);
require("vm").runInThisContext(require("fs").readFileSync(0, "utf8"));
const running = {};
const fetch = async (address) => address + "!";
const need = (name) => (running[name] ??= functions[name.replace("./", "")](need, fetch));
need("page.js").then(() => process.stdout.write(JSON.stringify(told)));
"""


@pytest.mark.skipif(not shutil.which("node"), reason="no Node")
def test_modules_do_as_functions_what_they_do_as_modules():
    command = ["node", "-e", BROWSER]
    script = disk.modules(MODULES)
    run = subprocess.run(command, input=script, capture_output=True, text=True)  # noqa: S603
    assert run.stderr == ""
    assert json.loads(run.stdout) == [3, "a!3", 9, 1, 4]


@pytest.mark.parametrize(
    "line",
    [
        'export { a } from "./b.js";',
        "export default 3;",
        "export let a = 1;",
        'import a from "./b.js";',
        'import "./b.js";',
        "const here = import.meta.url;",
    ],
)
def test_a_module_that_could_not_do_so_is_refused(line):
    with pytest.raises(ValueError, match="has no counterpart"):
        disk.modules({"a.js": f"const c = 1;\n{line}\n"})


def test_files_are_handed_over_as_they_are():
    assert disk.call('{"ó": [1, 2]}'.encode()) == 'fromDisk({"ó":[1,2]});\n'.encode()
    assert disk.call(b'<svg id="a">\n</svg>') == b'fromDisk("<svg id=\\"a\\">\\n</svg>");\n'
