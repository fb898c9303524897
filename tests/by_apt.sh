# Sourced by the scripts that make sure that what a test needs is there.

# by_apt PACKAGE WHAT: install a package on Debian or Ubuntu, where we may (root, or sudo without a
# password). Fails where that can't be; the caller then says what to install.
by_apt() {
  local as_root=() apt log
  [ "$(id -u)" = 0 ] || as_root=(sudo -n)
  command -v apt-get >/dev/null && "${as_root[@]}" true 2>/dev/null || return 1
  echo "installing $2 (once) ..."
  apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive timeout 600 apt-get -qq -o DPkg::Lock::Timeout=120)
  log=$("${apt[@]}" update 2>&1 && "${apt[@]}" install -y --no-install-recommends "$1" 2>&1) && return 0
  tail -n 5 <<<"$log" >&2
  return 1
}
