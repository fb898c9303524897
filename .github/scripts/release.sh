#!/usr/bin/env bash
# Makes a release's files from the build:   release.sh TAG URL FOLDER
#   claimgap-TAG.tar.gz   the whole export, in one folder
#   claimgap-TAG.duckdb   the database alone
#   claimgap-TAG-report.tar.gz   the report
#   notes.md              what changed since the release before, verdicts that flip first
#   SHA256SUMS            of these
set -euo pipefail
tag=$1 url=$2 out=$3
bin=${CLAIMGAP:-.venv/bin/claimgap}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$out"

"$bin" export --out "$work/claimgap-$tag" --release "$tag" --url "$url"
# equal exports give equal archives: names in order, no owner, the commit's time
when=$(git log -1 --format=%ct 2>/dev/null || echo 0)
pack() {
  tar --create --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$when" --directory "$work" \
    "$1" | gzip --no-name >"$out/$1.tar.gz"
}
pack "claimgap-$tag"
cp "$work/claimgap-$tag/claimgap.duckdb" "$out/claimgap-$tag.duckdb"

# only the first release may have nothing to compare with; whatever else fails ends the release
if ! said=$("$bin" changes previous --limit 200 2>&1); then
  if [[ $said != *"no release before the first"* ]]; then
    echo "$said" >&2
    exit 1
  fi
fi
{
  echo "What changed since the release before, verdicts that flip first."
  echo
  echo '```'
  echo "$said"
  echo '```'
} >"$out/notes.md"

"$bin" report --out "$work/claimgap-$tag-report"
pack "claimgap-$tag-report"
(cd "$out" && sha256sum -- * >"$work/sums" && mv "$work/sums" SHA256SUMS)
