#!/bin/sh
# Starts one child JVM and stays outside its process group until that group is gone.
#
#   launcher.sh run   SETSID SLEEP FOLDER TAG COMMAND...   what the groom calls
#   launcher.sh child FOLDER TAG COMMAND...                what it becomes in the child's own session
#
# FOLDER gets the file  pid: "PID START TAG", START as in field 22 of /proc/PID/stat. The launcher's own exit code is the
# child's as wait tells it: no end has to wait for a disk that hangs.
# The first line of the child's stdout is "PID START"; it is written before COMMAND takes the process over, so that PID
# is the JVM's own. Uses no command but SETSID and SLEEP, given as paths: the PATH is the job's.

# stat_fields PID: sets STATE, GROUP and START from /proc/PID/stat, whose second field may hold blanks and parentheses.
stat_fields() {
  read -r stat_line 2>/dev/null <"/proc/$1/stat" || return 1
  # shellcheck disable=SC2086
  set -- ${stat_line##*) }
  STATE=$1 GROUP=$3 START=${20}
}

# group_lives PID: whether its process group has a member that is more than a zombie.
group_lives() {
  kill -s 0 -- "-$1" 2>/dev/null || return 1
  for stat_file in /proc/[0-9]*/stat; do
    member=${stat_file#/proc/}
    member=${member%/stat}
    if stat_fields "$member" && [ "$GROUP" = "$1" ] && [ "$STATE" != Z ] && [ "$STATE" != X ]; then
      return 0
    fi
  done
  return 1
}

if [ "$1" = child ]; then
  folder=$2 tag=$3
  shift 3
  stat_fields "$$"
  printf '%s %s %s\n' "$$" "$START" "$tag" >"$folder/pid" || exit 1
  printf '%s %s\n' "$$" "$START"
  exec "$@"
fi

setsid=$2 sleep=$3 folder=$4 tag=$5
shift 5
# A background job would get /dev/null for its stdin.
exec 3<&0
"$setsid" /bin/sh "$0" child "$folder" "$tag" "$@" <&3 3<&- &
pid=$!
exec 3<&- </dev/null >/dev/null 2>&1
wait "$pid"
code=$?
# The JVM is gone; what it started and left behind goes too, and only then is its end told.
while group_lives "$pid"; do
  kill -s KILL -- "-$pid" 2>/dev/null
  "$sleep" 0.02
done
exit "$code"
