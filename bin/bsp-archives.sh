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
  LC_ALL=C ls -ln "${files[@]}"
}

# bsp_archive LIST: after bsp_class_path; sets BSP_ARCHIVE to the archive of that class path, or to nothing without a current one.
bsp_archive() {
  BSP_ARCHIVE=$BSP_DIST/archives/$1.jsa
  if ! [ -r "$BSP_ARCHIVE" ] || [ "$(<"$BSP_DIST/archives/$1.of")" != "$(bsp_archive_identity "$1")" ]; then
    BSP_ARCHIVE=
  fi
} 2>/dev/null

# bsp_dump_archive LIST: makes its archive; a process that has mapped the one before keeps that.
bsp_dump_archive() {
  local at=$BSP_DIST/archives/$1 of
  bsp_class_path "$1"
  of=$(bsp_archive_identity "$1")
  rm -f "$at.new"
  if "$JAVA" -Xshare:dump -XX:+UseG1GC -XX:TieredStopAtLevel=1 -Xmx512m "-XX:SharedClassListFile=$BSP_DIST/classpath/classes.txt" \
    "-XX:SharedArchiveFile=$at.new" -cp "$BSP_CLASS_PATH" >"$at.log" 2>&1 && [ -s "$at.new" ]; then
    rm -f "$at.of"
    mv -f "$at.new" "$at.jsa"
    printf '%s\n' "$of" >"$at.of"
  else
    rm -f "$at.new"
    printf 'warning: no class-data archive for %s, processes start slower; %s.log shows why\n' "$1" "$at" >&2
    return 1
  fi
}

# bsp_make_archives: those that are missing or no longer good; fails where one cannot be made. Nothing where the folder is not ours.
bsp_make_archives() {
  local list job failed=0
  local -a stale=() jobs=()
  bsp_find_java
  for list in cli master groom child; do
    bsp_class_path "$list"
    bsp_archive "$list"
    [ -n "$BSP_ARCHIVE" ] || stale+=("$list")
  done
  [ ${#stale[@]} -gt 0 ] || return 0
  mkdir -p "$BSP_DIST/archives" 2>/dev/null && [ -w "$BSP_DIST/archives" ] || return 1
  {
    if command -v flock >/dev/null; then
      flock 8
    fi
    for list in "${stale[@]}"; do
      bsp_class_path "$list"
      bsp_archive "$list"
      if [ -z "$BSP_ARCHIVE" ]; then
        [ ${#jobs[@]} -gt 0 ] || printf 'making class-data archives (once for each build and Java) ...\n' >&2
        bsp_dump_archive "$list" 8>&- &
        jobs+=($!)
      fi
    done
    for job in ${jobs[@]+"${jobs[@]}"}; do
      wait "$job" || failed=1
    done
  } 8>"$BSP_DIST/archives/lock"
  return $failed
}
