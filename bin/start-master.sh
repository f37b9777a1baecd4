#!/usr/bin/env bash
# Starts the master of a configuration: start-master.sh [--config DIR] [--foreground].
# shellcheck source=bin/bsp-common.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/bsp-common.sh"
# shellcheck source=bin/bsp-daemon.sh
. "$BSP_HOME/bin/bsp-daemon.sh"
bsp_daemon_options "$@"
# shellcheck disable=SC2086
bsp_start_daemon master io.valiant.master.BSPMaster master -Xmx1g ${BSP_MASTER_OPTS:-}
