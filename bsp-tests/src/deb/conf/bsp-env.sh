# shellcheck shell=sh
# Read by every script of /usr/share/valiant/bin before it starts a JVM.

# A JDK of version 17 or newer; without it, java of the PATH.
# JAVA_HOME=

# Options for the JVM of each kind of process. They come after the built-in ones, so they win.
# BSP_MASTER_OPTS="-Xmx4g"
# BSP_GROOM_OPTS=
# BSP_CLI_OPTS=

# Where a daemon's pid and ready files lie, and its logs where it is not a service.
BSP_PID_DIR=${BSP_PID_DIR:-/run/valiant}
BSP_LOG_DIR=${BSP_LOG_DIR:-/var/log/valiant}

# Options for ssh in start-cluster.sh and stop-cluster.sh.
# BSP_SSH_OPTS=
