#!/bin/sh
# Finds a Python that can set the rest up, installing Debian's where there is none, and hands over to setup.py.
set -eu
cd "$(dirname "$0")/.."

usable() {
  "$1" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11, 0, "final"))' >/dev/null 2>&1
}

find_python() {
  for candidate in python3.13 python3.12 python3.11 python3 python3.14; do
    if usable "$candidate"; then
      echo "$candidate"
      return
    fi
  done
  return 1
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif [ -t 0 ]; then
    sudo "$@"
  else
    sudo -n "$@"
  fi
}

apt() {
  output=$(as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120 "$@" </dev/null 2>&1) || {
    echo "$output" >&2
    return 1
  }
}

install_python() {
  command -v apt-get >/dev/null && as_root true 2>/dev/null || return 1
  echo "Python: installing python3 and python3-venv"
  apt update || true
  apt install -y --no-install-recommends python3 python3-venv
}

python=$(find_python) || { install_python && python=$(find_python); } || {
  echo "set-up: Python: none with venv is here (install 3.11 or newer; on Debian, as root: apt-get install -y python3 python3-venv)" >&2
  exit 1
}
exec "$python" scripts/setup.py "$@"
