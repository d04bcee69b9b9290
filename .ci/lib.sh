# Shared by the scripts of this folder: progress in plain words, and how to go on when a step fails.
# Every script starts with: cd "$(dirname "$0")/.." && . .ci/lib.sh
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive LC_ALL="${LC_ALL:-C.UTF-8}" PIP_DISABLE_PIP_VERSION_CHECK=1
LOGS="${PORTAL_VAR:-var}/log"
mkdir -p "$LOGS"

# The whole suite: on every core, the tests of one file together (they share what is dear to build).
WHOLE_SUITE=(-n auto --maxprocesses 4 --dist loadfile)

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

# install_packages WHAT-FOR PACKAGE...: through apt, as root or with sudo; without either it names the one command.
install_packages() {
  local purpose="$1" as_root=()
  shift
  [ "$(id -u)" = 0 ] || as_root=(sudo -n)
  if ! command -v apt-get >/dev/null; then
    give_up "system packages $purpose" "this machine has no apt: install what corresponds to: $*"
  fi
  if [ "$(id -u)" != 0 ] && ! sudo -n true 2>/dev/null; then
    if [ -t 0 ] && command -v sudo >/dev/null; then
      as_root=(sudo)
      sudo -v || give_up "system packages $purpose" "ask an administrator to run: apt-get install -y --no-install-recommends $*"
    else
      give_up "system packages $purpose" "run this once, then the same make command again:
  sudo apt-get update && sudo apt-get install -y --no-install-recommends $*"
    fi
  fi
  apt_lists_and_install "$purpose" "${as_root[*]}" "$@"
}

apt_lists_and_install() {
  local purpose="$1" as_root="$2"
  shift 2
  # shellcheck disable=SC2086  # empty as root
  step apt-update "package lists of the system" "check the network and /etc/apt, then run the same command again" \
    $as_root apt-get update -q
  # shellcheck disable=SC2086
  step apt-install "system packages $purpose: $*" "run it by hand to see more: apt-get install -y $*" \
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"
}
