#!/usr/bin/env bash
# Stops every groom of the file grooms, then the master here: stop-cluster.sh [--config DIR].
# shellcheck source=bin/bsp-common.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/bsp-common.sh"
# shellcheck source=bin/bsp-daemon.sh
. "$BSP_HOME/bin/bsp-daemon.sh"
bsp_daemon_options "$@"
failed=0
bsp_on_grooms stop-groom.sh || failed=1
"$BSP_HOME/bin/stop-master.sh" --config "$BSP_CONF" || failed=1
exit "$failed"
