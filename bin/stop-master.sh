#!/usr/bin/env bash
# Stops the master of a configuration: stop-master.sh [--config DIR].
# shellcheck source=bin/bsp-common.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/bsp-common.sh"
# shellcheck source=bin/bsp-daemon.sh
. "$BSP_HOME/bin/bsp-daemon.sh"
bsp_daemon_options "$@"
bsp_stop_daemon master io.valiant.master.BSPMaster
