#!/bin/sh
# Writes requirements/*.txt from pyproject.toml and requirements/*.in: every version pinned and hashed, for all platforms.
set -eu
cd "$(dirname "$0")/.."

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
python3 -m venv "$scratch"
"$scratch/bin/pip" install --quiet --disable-pip-version-check uv

compile() {
  output=$1
  shift
  "$scratch/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
    --output-file "requirements/$output" "$@" >/dev/null
  echo "Lock: requirements/$output"
}

compile build.txt requirements/build.in "$@"
compile run.txt pyproject.toml requirements/macos.in --extra all --overrides requirements/overrides.txt "$@"
compile test.txt pyproject.toml requirements/macos.in --extra all --group test --overrides requirements/overrides.txt \
  --constraint requirements/run.txt "$@"
compile peers.txt requirements/peers.in --constraint requirements/build.txt --constraint requirements/test.txt "$@"
if grep -n '://' requirements/*.txt; then
  echo "set-up: lock: an address stands in the lines above (remove it from this machine's uv settings)" >&2
  exit 1
fi
