#!/usr/bin/env bash
# Have a Java 17 or newer for the test that Spark and DuckDB agree.
#   there is one             nothing is said, exit 0
#   Debian/Ubuntu, allowed   it is installed by apt-get (root, or sudo without a password), exit 0
#   otherwise                what to install is said, exit 1: this test is asked for by name
set -euo pipefail

found() {
  local said
  said=$(java -version 2>&1) || return 1
  [[ $said =~ version\ \"([0-9]+) ]] && [ "${BASH_REMATCH[1]}" -ge 17 ]
}

found && exit 0

here=${BASH_SOURCE[0]}
. "${here%"${here##*/}"}../../by_apt.sh"
by_apt default-jre-headless "Java for Spark" && found && exit 0

cat >&2 <<'WORDS'
Spark needs Java 17 or newer, and it isn't here. Install it, then run `make test-spark` again:
  Debian, Ubuntu   sudo apt-get install default-jre-headless
  Fedora           sudo dnf install java-latest-openjdk-headless
  macOS            brew install openjdk
WORDS
exit 1
