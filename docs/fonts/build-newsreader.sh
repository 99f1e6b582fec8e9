#!/bin/sh
# Rebuilds static/fonts/newsreader.woff2 from the full variable font, which PyPI carries unmodified:
#   python3 -m venv v && v/bin/pip install fonttools==4.68.0 brotli==1.2.1 fontpkg-newsreader==1.3
#   PATH=v/bin:$PATH docs/fonts/build-newsreader.sh
# One optical size and one weight, those of headings: half the bytes of weights 400 to 700, which every first
# page waits for. The letters of PL, EN, DE, HU, IT, SV and NL.
# “Newsreader” is no reserved name, so the subset keeps it.
set -eu
cd "$(dirname "$0")"
T=$(mktemp -d); trap 'rm -rf "$T"' EXIT
FULL=$(python3 -c 'import fontpkg; print(fontpkg.path("Newsreader"))')
fonttools varLib.instancer "$FULL" opsz=36 wght=550 -o "$T/newsreader.ttf"
pyftsubset "$T/newsreader.ttf" --text-file=letters.txt --no-hinting --layout-features=kern,liga \
  --flavor=woff2 --output-file=../../static/fonts/newsreader.woff2
