# shellcheck shell=bash
# Starting and stopping a daemon on this machine. Sourced, never run; needs bsp-common.sh.
#
# A daemon NAME has in BSP_PID_DIR: NAME.pid, its process; NAME.ready, which it writes once it answers (the first line
# is shown to whoever started it); NAME.lock, held while it is being started or stopped.

# bsp_daemon_options ARG...: --config DIR and --foreground; sets FOREGROUND and configures.
bsp_daemon_options() {
  local config='' usage
  usage="usage: $(basename "$0") [--config DIR]"
  case $0 in
    *start-master.sh | *start-groom.sh) usage="$usage [--foreground]" ;;
  esac
  FOREGROUND=
  while [ $# -gt 0 ]; do
    case $1 in
      --config)
        [ $# -gt 1 ] || bsp_fail "--config needs a folder" 2
        config=$2
        shift
        ;;
      --config=*) config=${1#--config=} ;;
      --foreground)
        [ "$usage" != "${usage%--foreground]}" ] || bsp_fail "$usage" 2
        FOREGROUND=yes
        ;;
      -h | --help)
        printf '%s\n' "$usage"
        exit 0
        ;;
      *) bsp_fail "unknown option $1; $usage" 2 ;;
    esac
    shift
  done
  bsp_configure "$config"
}

# bsp_is_daemon PID MAIN: whether that process is the daemon of this pid folder, and not another that got its number.
bsp_is_daemon() {
  local arguments
  if [ -d /proc/self ]; then
    arguments=$(tr '\0' '\n' 2>/dev/null <"/proc/$1/cmdline") || return 1
  else
    arguments=$(ps -o command= -p "$1" | tr ' ' '\n') || return 1
  fi
  grep -qxF -- "$2" <<<"$arguments" && grep -qxF -- "-Dbsp.pid.dir=$BSP_PID_DIR" <<<"$arguments"
}

# bsp_daemon_pid NAME MAIN: prints the process of the running daemon; fails where there is none.
bsp_daemon_pid() {
  local pid=''
  if [ -r "$BSP_PID_DIR/$1.pid" ]; then
    read -r pid <"$BSP_PID_DIR/$1.pid" || true
  fi
  case $pid in
    '' | *[!0-9]*) return 1 ;;
  esac
  bsp_is_daemon "$pid" "$2" 2>/dev/null || return 1
  printf '%s' "$pid"
}

# bsp_await_end NAME: a daemon that was killed may still be on its way out, and hold its lock and ports; 10 seconds at most.
bsp_await_end() {
  local pid='' state deadline=$((SECONDS + 10))
  if [ -r "$BSP_PID_DIR/$1.pid" ]; then
    read -r pid <"$BSP_PID_DIR/$1.pid" || true
  fi
  case $pid in
    '' | *[!0-9]*) return 0 ;;
  esac
  while [ "$SECONDS" -lt "$deadline" ] && [ -e "/proc/$pid/stat" ] && [ -z "$(tr -d '\0' 2>/dev/null <"/proc/$pid/cmdline")" ]; do
    # what waits only to be reaped holds nothing
    state=$(sed -n 's/.*) \([A-Z]\) .*/\1/p' "/proc/$pid/stat" 2>/dev/null) || return 0
    [ "$state" != Z ] || return 0
    sleep 0.05
  done
}

# bsp_lock NAME: one start or stop of a daemon at a time, where the system has flock. Held by descriptor 9.
bsp_lock() {
  mkdir -p "$BSP_PID_DIR" "$BSP_LOG_DIR" || bsp_fail "cannot make $BSP_PID_DIR and $BSP_LOG_DIR"
  BSP_PID_DIR=$(cd "$BSP_PID_DIR" && pwd -P)
  BSP_LOG_DIR=$(cd "$BSP_LOG_DIR" && pwd -P)
  exec 9>"$BSP_PID_DIR/$1.lock"
  if command -v flock >/dev/null; then
    flock 9
  fi
}

# bsp_terminate PID MAIN SECONDS: asks, waits, and at last kills.
bsp_terminate() {
  local deadline=$((SECONDS + $3))
  kill -TERM "$1" 2>/dev/null || true
  while bsp_is_daemon "$1" "$2" 2>/dev/null; do
    if [ "$SECONDS" -ge "$deadline" ]; then
      printf 'process %s did not end within %s s: killing it\n' "$1" "$3" >&2
      kill -KILL "$1" 2>/dev/null || true
      deadline=$((SECONDS + 10))
    fi
    sleep 0.1
  done
}

# bsp_start_daemon NAME MAIN LIST JVM OPTION...
bsp_start_daemon() {
  local name=$1 main=$2 list=$3 pid log4j command out launcher deadline started
  shift 3
  # where they cannot be made, bsp_dump_archive has said so, or they are for another user to make
  bsp_make_archives || true
  bsp_archive child
  if [ -n "$BSP_ARCHIVE" ]; then
    set -- "-Dbsp.child.archive=$BSP_ARCHIVE" "$@"
  fi
  bsp_prepare "$list"
  if [ -z "$BSP_ARCHIVE" ]; then
    printf 'note: no class-data archive for %s, which starts more slowly; who may write in %s makes them with bin/make-archives\n' \
      "$name" "$BSP_DIST" >&2
  fi
  bsp_lock "$name"
  if pid=$(bsp_daemon_pid "$name" "$main"); then
    bsp_fail "$name is already running as process $pid ($BSP_PID_DIR/$name.pid)"
  fi
  bsp_await_end "$name"
  rm -f "$BSP_PID_DIR/$name.pid" "$BSP_PID_DIR/$name.ready"
  log4j=$BSP_CONF/log4j2.xml
  [ -r "$log4j" ] || log4j=$BSP_HOME/conf/log4j2.xml
  command=("$JAVA" "${BSP_JVM[@]}" -XX:+ExitOnOutOfMemoryError "-Dlog4j2.configurationFile=$log4j"
    "-Dbsp.pid.dir=$BSP_PID_DIR" "-Dbsp.log.dir=$BSP_LOG_DIR" "-Dbsp.log.name=$name"
    "-Dbsp.log.appender=$([ -n "$FOREGROUND" ] && printf console || printf file)"
    "$@" -cp "$BSP_CLASS_PATH" "$main" --config "$BSP_CONF")
  cd "$BSP_HOME"
  if [ -n "$FOREGROUND" ]; then
    printf '%s\n' "$$" >"$BSP_PID_DIR/$name.pid"
    exec 9>&-
    exec "${command[@]}"
  fi

  # In a session of its own, and with none of the descriptors that the caller of this script happened to have open.
  # shellcheck disable=SC2016
  launcher='
    printf "%s\n" "$$" >"$1.new" && mv "$1.new" "$1" && shift
    for fd in /proc/$$/fd/*; do
      fd=${fd##*/}
      case $fd in
        0 | 1 | 2 | *[!0-9]*) ;;
        *) eval "exec $fd>&-" ;;
      esac
    done
    exec 9>&-
    exec "$@"'
  out=$BSP_LOG_DIR/$name.out
  if command -v setsid >/dev/null; then
    setsid bash -c "$launcher" launcher "$BSP_PID_DIR/$name.pid" "${command[@]}" </dev/null >"$out" 2>&1 &
  else
    nohup bash -c "$launcher" launcher "$BSP_PID_DIR/$name.pid" "${command[@]}" </dev/null >"$out" 2>&1 &
  fi
  started=$!
  deadline=$((SECONDS + ${BSP_START_TIMEOUT:-60}))
  while [ ! -e "$BSP_PID_DIR/$name.ready" ]; do
    pid=$started
    if [ -s "$BSP_PID_DIR/$name.pid" ]; then
      read -r pid <"$BSP_PID_DIR/$name.pid"
    fi
    if ! kill -0 "$pid" 2>/dev/null; then
      rm -f "$BSP_PID_DIR/$name.pid"
      if [ -s "$out" ]; then
        tail -n 20 "$out" >&2
        exit 1
      fi
      bsp_fail "$name did not start; see $BSP_LOG_DIR/$name.log"
    fi
    if [ "$SECONDS" -ge "$deadline" ]; then
      bsp_terminate "$pid" "$main" 5
      rm -f "$BSP_PID_DIR/$name.pid"
      bsp_fail "$name was not ready within ${BSP_START_TIMEOUT:-60} s and was stopped; see $BSP_LOG_DIR/$name.log"
    fi
    sleep 0.05
  done
  read -r pid <"$BSP_PID_DIR/$name.pid"
  printf '%s started as process %s: %s\n' "$name" "$pid" "$(head -n 1 "$BSP_PID_DIR/$name.ready")"
}

# bsp_stop_daemon NAME MAIN
bsp_stop_daemon() {
  local name=$1 main=$2 pid
  bsp_lock "$name"
  if pid=$(bsp_daemon_pid "$name" "$main"); then
    bsp_terminate "$pid" "$main" "${BSP_STOP_TIMEOUT:-30}"
    printf '%s stopped (process %s)\n' "$name" "$pid"
  else
    printf '%s is not running\n' "$name"
  fi
  rm -f "$BSP_PID_DIR/$name.pid" "$BSP_PID_DIR/$name.ready"
}

# bsp_on_grooms SCRIPT: runs bin/SCRIPT on every host of the file grooms, all at a time; says which failed.
bsp_on_grooms() {
  local script=$1 host number=0 failed=0
  local -a hosts=() jobs=()
  [ -r "$BSP_CONF/grooms" ] || bsp_fail "$BSP_CONF/grooms does not exist: it names the hosts of the grooms, one a line"
  while read -r host _ || [ -n "$host" ]; do
    case $host in
      '' | '#'*) continue ;;
    esac
    if [ "$host" = localhost ] || [ "$host" = 127.0.0.1 ]; then
      "$BSP_HOME/bin/$script" --config "$BSP_CONF" 2>&1 </dev/null | sed "s/^/$host: /" &
    else
      # shellcheck disable=SC2086
      ssh -n -o BatchMode=yes ${BSP_SSH_OPTS:-} "$host" "$(printf '%q ' "$BSP_HOME/bin/$script" --config "$BSP_CONF")" 2>&1 | sed "s/^/$host: /" &
    fi
    hosts+=("$host")
    jobs+=("$!")
  done <"$BSP_CONF/grooms"
  while [ "$number" -lt "${#jobs[@]}" ]; do
    if ! wait "${jobs[$number]}"; then
      printf '%s failed on %s\n' "$script" "${hosts[$number]}" >&2
      failed=1
    fi
    number=$((number + 1))
  done
  return "$failed"
}
