#!/bin/sh
# Draws the pictures of README.md and docs/gallery.md anew: docs/images/draw.sh, from anywhere. About a minute
# with a release build at hand; PLANCAST=PATH takes that program and builds none.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
plancast=${PLANCAST:-}
if [ -z "$plancast" ]; then
    cargo build --release --quiet
    plancast=$(cargo metadata --format-version 1 --no-deps | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')/release/plancast
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
"$plancast" run plan outside-view coal-slump transition stress --quiet
"$plancast" chart output/plan --lang en --out en
"$plancast" chart output/plan --lang en --figure scorecard --group macro --out en
"$plancast" chart output/plan output/outside-view output/coal-slump output/transition output/stress \
    --lang en --figure violin --variable gdp --year 2035 --out en
"$plancast" chart output/plan --lang zh --figure fan --variable gdp --out zh
"$plancast" chart output/plan --lang en --figure fan --variable gdp --palette dark --out dark
"$plancast" compare plan outside-view transition --quiet
"$plancast" chart output/compare-plan-outside-view-transition --lang en --figure levels --figure difference --figure change --variable gdp --out en
while read -r drawn picture; do
    cp "$drawn" "$here/$picture.svg"
done <<'PICTURES'
en/charts/gdp.svg fan
en/charts/targets-macro.svg scorecard
en/charts/gdp-exceedance.svg exceedance
en/charts/gdp-density.svg density
en/charts/gdp-paths.svg paths
en/charts/co2_peak_year-histogram.svg histogram
en/charts/gdp-composition.svg composition
en/charts/co2-composition.svg composition-co2
en/charts/joint.svg joint
en/charts/conditional.svg conditional
en/charts/gdp-co2-scatter.svg scatter
en/charts/online-calendar.svg calendar
en/charts/gdp-violin.svg violin
en/charts/gdp-levels.svg levels
en/charts/gdp-difference.svg difference
en/charts/transition-change.svg change
en/charts/gdp-tornado.svg tornado
en/charts/gdp-learnable.svg learnable
zh/charts/gdp.svg fan-zh
dark/charts/gdp.svg fan-dark
PICTURES
ls -l "$here"/*.svg
