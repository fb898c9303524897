#!/usr/bin/env bash
# Have a Chromium for the browser tests.
#   there is one             nothing is said, exit 0
#   Debian/Ubuntu, allowed   it is installed by apt-get (root, or sudo without a password), exit 0
#   otherwise                what to install is said; exit 1 in CI (CI is set), where a test that
#                            can't run is a failure; else exit 0: the other tests are worth running,
#                            and the browser's will say that their browser is missing
set -euo pipefail

found() {
  command -v chromium || command -v chromium-browser || command -v google-chrome
} >/dev/null

found && exit 0

here=${BASH_SOURCE[0]}
. "${here%"${here##*/}"}../by_apt.sh"
by_apt chromium "chromium for the browser tests" && found && exit 0

cat >&2 <<'WORDS'
The browser tests need Chromium, and it isn't here. Install it, then run the tests again:
  Debian, Ubuntu   sudo apt-get install chromium
  Fedora           sudo dnf install chromium
  macOS            brew install --cask google-chrome, and put its binary on the PATH as google-chrome
Without it: make test-fast
WORDS
[ -z "${CI:-}" ] || exit 1
