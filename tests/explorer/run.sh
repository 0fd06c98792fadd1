#!/usr/bin/env bash
# The explorer's page in a real browser: search, form, call, answer, each tab, a hostile text, the keyboard alone, and
# accessibility. Screenshots are left in target/explorer. Needs Debian's chromium and two packages of npm.
set -euo pipefail
cd "$(dirname "$0")/../.."
out=${EXPLORER_OUT:-$PWD/target/explorer}
mkdir -p "$out"

command -v chromium >/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium >/dev/null; }
command -v npm >/dev/null || apt-get install -y -qq --no-install-recommends nodejs npm >/dev/null
npm install --silent --no-audit --no-fund --no-save --prefix "$out" playwright-core@1.65.1 axe-core@4.14.1 >/dev/null

vod=${VOD:-}
if [ -z "$vod" ]; then
  cargo build -q -p vod-cli
  vod="${CARGO_TARGET_DIR:-$PWD/target}/debug/vod"
fi
CHROMIUM=$(command -v chromium) NODE_PATH="$out/node_modules" timeout 170 node tests/explorer/browse.cjs "$vod" "$out"
# The emulator's page, by the same browser.
CHROMIUM=$(command -v chromium) NODE_PATH="$out/node_modules" timeout 60 node tests/explorer/emulator_page.cjs "$vod" "$out"
