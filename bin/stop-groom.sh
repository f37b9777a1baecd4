#!/usr/bin/env bash
# Stops the groom of a configuration: stop-groom.sh [--config DIR].
# shellcheck source=bin/bsp-common.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/bsp-common.sh"
# shellcheck source=bin/bsp-daemon.sh
. "$BSP_HOME/bin/bsp-daemon.sh"
bsp_daemon_options "$@"
bsp_stop_daemon groom io.valiant.groom.GroomServer
