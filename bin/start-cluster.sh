#!/usr/bin/env bash
# Starts the master here and a groom on every host of the file grooms: start-cluster.sh [--config DIR].
# shellcheck source=bin/bsp-common.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/bsp-common.sh"
# shellcheck source=bin/bsp-daemon.sh
. "$BSP_HOME/bin/bsp-daemon.sh"
bsp_daemon_options "$@"
"$BSP_HOME/bin/start-master.sh" --config "$BSP_CONF"
bsp_on_grooms start-groom.sh
