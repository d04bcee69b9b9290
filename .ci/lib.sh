# Shared by the scripts of this folder: progress in plain words, and how to go on when a step fails.
# Every script starts with: cd "$(dirname "$0")/.." && . .ci/lib.sh
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive LC_ALL="${LC_ALL:-C.UTF-8}" PIP_DISABLE_PIP_VERSION_CHECK=1
LOGS="${PORTAL_VAR:-var}/log"
mkdir -p "$LOGS"

# The whole suite: on every core, neighbours together as long as nobody is idle.
WHOLE_SUITE=(-n auto --maxprocesses 4 --dist worksteal)

# step NAME TITLE ADVICE COMMAND...: runs a command with its output kept in var/log/NAME.log.
step() {
  local name="$1" title="$2" advice="$3" start=$SECONDS
  shift 3
  printf '  %s ... ' "$title"
  if "$@" >"$LOGS/$name.log" 2>&1 </dev/null; then
    printf 'done (%s s)\n' "$((SECONDS - start))"
  else
    printf 'FAILED\n'
    tail -n 25 "$LOGS/$name.log" >&2
    give_up "$title" "$advice (whole output: $LOGS/$name.log)"
  fi
}

# give_up WHAT ADVICE: ends the script and says how to go on.
give_up() {
  printf '\nStopped at: %s\nHow to go on: %s\n' "$1" "$2" >&2
  exit 1
}

# stamped FILE KEY: whether a step was already done with exactly this input. The file lies in what the step made.
stamped() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; }

# hash_of FILE...: one hash for the content of some files.
hash_of() { cat "$@" | sha256sum | cut -d' ' -f1; }

# command_for PACKAGE...: the one command that installs them, as a person types it.
command_for() {
  local command="apt-get update && apt-get install -y --no-install-recommends $*"
  if command -v sudo >/dev/null; then printf "sudo sh -c '%s'" "$command"; else printf "su -c '%s'" "$command"; fi
}

# install_packages WHAT-FOR PACKAGE...: through apt, as root or with sudo; without either it names the one command.
install_packages() {
  local purpose="$1"
  shift
  become_root "system packages $purpose" "$@"
  package_lists
  step apt-install "system packages $purpose: $*" "check the network and /etc/apt, then run the same command again; by hand: $(command_for "$@")" \
    "${AS_ROOT[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"
}

# become_root WHAT PACKAGE...: sets AS_ROOT, what to put before a command; gives up where nobody may install anything.
become_root() {
  local what="$1"
  shift
  command -v apt-get >/dev/null || give_up "$what" "this machine has no apt: install what corresponds to: $*"
  AS_ROOT=(env)
  [ "$(id -u)" != 0 ] || return 0
  AS_ROOT=(sudo -n)
  ! sudo -n true 2>/dev/null || return 0
  AS_ROOT=(sudo)
  { [ -t 0 ] && command -v sudo >/dev/null && sudo -v; } || give_up "$what" \
    "have this run once (where one has no sudo: by an administrator), then the same make command again:
  $(command_for "$@")"
}

package_lists() {
  step apt-update "package lists of the system" "check the network and /etc/apt, then run the same command again" \
    "${AS_ROOT[@]}" apt-get update -q
}

# apt_has PACKAGE: whether apt would install a package of just this name. (apt-cache show finds names that others provide:
# on Ubuntu «chromium» is provided by a package that only points to a snap.)
apt_has() { [[ "$(LC_ALL=C apt-cache policy "$1" 2>/dev/null)" == *"Candidate: "[0-9]* ]]; }
