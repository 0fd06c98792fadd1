#!/usr/bin/env bash
# The relay between the emulator and a real NATS broker, which is killed and started again while events flow; events that
# say the same; streams that are not fit, or are deleted; a broker that is mute, or takes TLS only.
#
#   examples/tests/run_relay.sh
#
# Needs cargo. Installs Debian's nats-server and openssl where there are none. The tests start brokers of their own on free ports
# of 127.0.0.1 and end them; they take less than a minute each.
set -euo pipefail
cd "$(dirname "$0")/../.."

# Debian puts it into /usr/sbin, which is not in everybody's path.
find_broker() {
    PATH=$PATH:/usr/sbin command -v nats-server
}

if ! NATS_SERVER=$(find_broker) || ! command -v openssl >/dev/null; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends nats-server openssl >/dev/null
    NATS_SERVER=$(find_broker) || { echo "there is no nats-server" >&2; exit 1; }
fi
export NATS_SERVER
"$NATS_SERVER" --version

cargo test -p vod-examples --test relay_to_nats --no-run
timeout --kill-after=10 240 \
    cargo test --quiet -p vod-examples --test relay_to_nats -- --include-ignored --nocapture
