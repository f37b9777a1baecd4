# shellcheck shell=bash
# What the scripts of this folder share. Sourced, never run.
#
# Read from the environment, or from bsp-env.sh in the configuration folder:
#   JAVA_HOME         a JDK of version 17 or newer; without it, java of the PATH
#   BSP_CONF_DIR      the configuration folder when no --config is given; default: conf
#   BSP_PID_DIR       where NAME.pid and NAME.ready of a daemon lie; default: run beside the configuration folder
#   BSP_LOG_DIR       where NAME.log and NAME.out of a daemon lie; default: logs beside the configuration folder
#   BSP_CLI_OPTS BSP_MASTER_OPTS BSP_GROOM_OPTS BSP_SIMULATOR_OPTS BSP_CHAOS_OPTS BSP_BENCHMARK_OPTS   options for the JVM, after the
#                     built-in ones
#   BSP_START_TIMEOUT BSP_STOP_TIMEOUT   seconds; default: 60 and 30
#   BSP_SSH_OPTS      options for ssh in start-cluster.sh and stop-cluster.sh
set -euo pipefail

BSP_HOME=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
# shellcheck source=bin/bsp-archives.sh
. "$BSP_HOME/bin/bsp-archives.sh"

# bsp_fail MESSAGE [EXIT CODE]
bsp_fail() {
  printf '%s\n' "$1" >&2
  exit "${2:-1}"
}

# bsp_configure [DIR]: sets BSP_CONF and reads its bsp-env.sh.
bsp_configure() {
  local dir=${1:-${BSP_CONF_DIR:-$BSP_HOME/conf}}
  [ -d "$dir" ] || bsp_fail "configuration folder $dir does not exist; name another with --config" 2
  BSP_CONF=$(cd "$dir" 2>/dev/null && pwd -P) || bsp_fail "configuration folder $dir cannot be entered; see its permissions" 2
  if [ -r "$BSP_CONF/bsp-env.sh" ]; then
    # shellcheck source=/dev/null
    . "$BSP_CONF/bsp-env.sh"
  fi
  BSP_PID_DIR=${BSP_PID_DIR:-$(dirname "$BSP_CONF")/run}
  BSP_LOG_DIR=${BSP_LOG_DIR:-$(dirname "$BSP_CONF")/logs}
}

# bsp_find_java: sets JAVA and JAVA_MAJOR, without starting a JVM where its release file tells.
bsp_find_java() {
  local release version='' key value
  if [ -n "${JAVA_HOME:-}" ]; then
    JAVA=$JAVA_HOME/bin/java
    [ -x "$JAVA" ] || bsp_fail "JAVA_HOME is $JAVA_HOME, which has no bin/java; set it to a JDK 17 or newer"
  else
    JAVA=$(command -v java) || bsp_fail "no java on the PATH; install a JDK 17 or newer, or set JAVA_HOME"
  fi
  release=$(readlink -f "$JAVA")
  release=${release%/bin/java}/release
  if [ -r "$release" ]; then
    while IFS='=' read -r key value; do
      if [ "$key" = JAVA_VERSION ]; then
        version=${value//\"/}
      fi
    done <"$release"
  fi
  if [ -z "$version" ]; then
    version=$("$JAVA" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p')
  fi
  JAVA_MAJOR=${version%%[!0-9]*}
  [ "${JAVA_MAJOR:-0}" -ge 17 ] || bsp_fail "$JAVA is version ${version:-unknown}; a JDK 17 or newer is needed (set JAVA_HOME)"
}

# bsp_class_path LIST: sets BSP_DIST and BSP_CLASS_PATH from the jar names in classpath/LIST.txt.
bsp_class_path() {
  local jar
  BSP_DIST=$BSP_HOME/target/dist
  if [ -d "$BSP_HOME/classpath" ]; then
    BSP_DIST=$BSP_HOME
  fi
  [ -r "$BSP_DIST/classpath/$1.txt" ] || bsp_fail "not built yet: run mvn -B -DskipTests package in $BSP_HOME"
  BSP_CLASS_PATH=
  while IFS= read -r jar; do
    BSP_CLASS_PATH=${BSP_CLASS_PATH:+$BSP_CLASS_PATH:}$BSP_DIST/lib/$jar
  done <"$BSP_DIST/classpath/$1.txt"
}

# bsp_prepare LIST: after bsp_configure; sets JAVA, BSP_CLASS_PATH and BSP_JVM, the options that every JVM gets.
bsp_prepare() {
  bsp_find_java
  bsp_class_path "$1"
  BSP_JVM=(-Dfile.encoding=UTF-8 "-Dbsp.home=$BSP_HOME" "-Dbsp.dist=$BSP_DIST" "-Dbsp.conf.dir=$BSP_CONF")
  if [ "$JAVA_MAJOR" -ge 24 ]; then
    BSP_JVM+=(--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)
  fi
  bsp_archive "$1"
  if [ -n "$BSP_ARCHIVE" ]; then
    BSP_JVM+=("-XX:SharedArchiveFile=$BSP_ARCHIVE" '-Xlog:cds*=off')
  fi
}

# bsp_command_line_options ARG...: reads --config out of the leading options of bin/bsp; all stay with the command.
bsp_command_line_options() {
  local config=''
  while [ $# -gt 0 ]; do
    case $1 in
      --config)
        [ $# -gt 1 ] || bsp_fail "--config needs a folder" 2
        config=$2
        shift 2
        ;;
      --config=*)
        config=${1#--config=}
        shift
        ;;
      -D)
        shift
        [ $# -eq 0 ] || shift
        ;;
      -*) shift ;;
      *) break ;;
    esac
  done
  bsp_configure "$config"
}

# bsp_run_command MAIN CLASS ARG...: becomes a short-lived JVM with the class path of commands.
bsp_run_command() {
  local main=$1 columns
  shift
  bsp_command_line_options "$@"
  bsp_prepare cli
  if [ -t 2 ]; then
    # the width of the terminal: progress is written again and again in one line
    columns=$(stty size 2>/dev/null <&2) || columns=
    columns=${columns##* }
    BSP_JVM+=("-Dbsp.terminal=$([ "${columns:-0}" -gt 0 ] 2>/dev/null && printf %s "$columns" || printf 80)")
  fi
  # shellcheck disable=SC2086
  exec "$JAVA" -Xshare:auto -XX:TieredStopAtLevel=1 -XX:+UseSerialGC "${BSP_JVM[@]}" \
    -Dorg.slf4j.simpleLogger.defaultLogLevel=warn \
    -Dorg.slf4j.simpleLogger.log.org.apache.hadoop=off \
    ${BSP_CLI_OPTS:-} -cp "$BSP_CLASS_PATH" "$main" "$@"
}

# bsp_build_if_needed: in a checkout, builds when there is no build or a source is newer than it.
bsp_build_if_needed() {
  local stamp=$BSP_HOME/target/dist/built
  [ -f "$BSP_HOME/pom.xml" ] || return 0
  if [ -e "$stamp" ] && [ -z "$(find "$BSP_HOME/pom.xml" "$BSP_HOME"/*/pom.xml "$BSP_HOME"/*/src/main -newer "$stamp" -type f -print -quit)" ]; then
    return 0
  fi
  command -v mvn >/dev/null || bsp_fail "not built yet, and no mvn on the PATH; install Maven 3.8.6 or newer"
  bsp_find_java
  printf 'building (the first time fetches what is needed and takes minutes) ...\n' >&2
  (cd "$BSP_HOME" && mvn -B -q -DskipTests -Dquick package) >&2 || bsp_fail "the build failed; mvn -B -DskipTests package in $BSP_HOME shows why"
}
