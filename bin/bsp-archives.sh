# shellcheck shell=bash
# Class-data archives: the classes that a JVM would else read, check and link at every start, ready to be mapped. Sourced,
# never run; needs bsp-common.sh. docs/decisions/0009-class-data-archives.md tells why and how.
#
# In BSP_DIST/archives: LIST.jsa, the archive of class path LIST; LIST.of, what it was made of; LIST.log, how.

# bsp_archive_identity LIST: prints what an archive holds good for: the Java, and each jar by name, size and time.
bsp_archive_identity() {
  local release jar
  local -a files=("$BSP_DIST/classpath/$1.txt" "$BSP_DIST/classpath/classes.txt")
  release=$(readlink -f "$JAVA")
  printf '%s\n' "$release"
  cat "${release%/bin/java}/release" 2>/dev/null || true
  while IFS= read -r jar; do
    files+=("$BSP_DIST/lib/$jar")
  done <"$BSP_DIST/classpath/$1.txt"
  # as the JVM checks them: GNU's stat, or BSD's
  stat -L -c '%n %s %Y' "${files[@]}" 2>/dev/null || stat -L -f '%N %z %m' "${files[@]}"
}

# bsp_archive LIST: after bsp_class_path; sets BSP_ARCHIVE to the archive of that class path, or to nothing without a current one.
bsp_archive() {
  BSP_ARCHIVE=$BSP_DIST/archives/$1.jsa
  if ! [ -r "$BSP_ARCHIVE" ] || [ "$(<"$BSP_DIST/archives/$1.of")" != "$(bsp_archive_identity "$1")" ]; then
    BSP_ARCHIVE=
  fi
} 2>/dev/null

# bsp_dump_archive LIST: makes its archive; a process that has mapped the one before keeps that. LIST.of comes last: without it
# none is used.
bsp_dump_archive() {
  local at=$BSP_DIST/archives/$1 new of dump
  bsp_class_path "$1"
  of=$(bsp_archive_identity "$1")
  new=$(mktemp "$at.XXXXXX") || return 1
  dump=
  # whoever is told to stop takes the dump along
  trap '{ kill -KILL $dump || true; wait; } 2>/dev/null; rm -f "$new"; exit 1' INT TERM
  "$JAVA" -Xshare:dump -XX:+UseG1GC -XX:TieredStopAtLevel=1 -Xmx512m "-XX:SharedClassListFile=$BSP_DIST/classpath/classes.txt" \
    "-XX:SharedArchiveFile=$new" -cp "$BSP_CLASS_PATH" >"$at.log" 2>&1 &
  dump=$!
  if wait "$dump" && [ -s "$new" ] && chmod 0444 "$new" && rm -f "$at.of" && mv -f "$new" "$at.jsa"; then
    printf '%s\n' "$of" >"$at.of"
  else
    rm -f "$new"
    printf 'warning: no class-data archive for %s, processes start slower; %s.log shows why\n' "$1" "$at" >&2
    return 1
  fi
}

# bsp_make_archives: those that are missing or no longer good, for all users; fails where one cannot be made. Nothing where the
# folder is not ours.
bsp_make_archives() {
  local list mask failed=0
  local -a stale=()
  bsp_find_java
  for list in cli master groom child; do
    bsp_class_path "$list"
    bsp_archive "$list"
    [ -n "$BSP_ARCHIVE" ] || stale+=("$list")
  done
  [ ${#stale[@]} -gt 0 ] || return 0
  mkdir -p "$BSP_DIST/archives" 2>/dev/null && [ -w "$BSP_DIST/archives" ] || return 1
  mask=$(umask)
  umask 022
  chmod a+rx "$BSP_DIST/archives" 2>/dev/null || true
  bsp_make_stale_archives "${stale[@]}" 8>"$BSP_DIST/archives/lock" || failed=1
  umask "$mask"
  return $failed
}

# bsp_make_stale_archives LIST ...: with the lock at file descriptor 8; those that nobody else has made meanwhile.
bsp_make_stale_archives() {
  local list job told='' failed=0
  local -a jobs=()
  if command -v flock >/dev/null && flock 8; then
    # of dumps that were killed: nobody else is at work now
    rm -f "$BSP_DIST"/archives/{cli,master,groom,child}.??????
  fi
  trap 'kill ${jobs[@]+"${jobs[@]}"} 2>/dev/null || true; wait; exit 1' INT TERM
  for list in "$@"; do
    bsp_class_path "$list"
    bsp_archive "$list"
    if [ -z "$BSP_ARCHIVE" ]; then
      [ -n "$told" ] || printf 'making class-data archives (once for each build and Java) ...\n' >&2
      told=yes
      bsp_dump_archive "$list" 8>&- &
      jobs+=($!)
      if [ ${#jobs[@]} -eq 2 ]; then
        # two at a time: each takes half a gigabyte
        wait "${jobs[0]}" || failed=1
        wait "${jobs[1]}" || failed=1
        jobs=()
      fi
    fi
  done
  for job in ${jobs[@]+"${jobs[@]}"}; do
    wait "$job" || failed=1
  done
  trap - INT TERM
  return $failed
}
