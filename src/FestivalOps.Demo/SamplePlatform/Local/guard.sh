#!/bin/sh
# The guard of one FestivalOps process: ends the servers that the process started and removes its folder when the process
# is gone, however it went (a SIGKILL closes this script's standard input too).
#   $1     the folder of the run
#   stdin  one order a line: "watch PID:STARTED" or "forget PID:STARTED" (STARTED: field 22 of /proc/PID/stat)
exec >/dev/null 2>&1
trap '' HUP INT TERM
folder=$1
watched=' '

# Sets $parent and $started of process $1; fails when there is no such process.
look_at() {
  read -r line < "/proc/$1/stat" || return 1
  set -- ${line##*) }
  parent=$2
  shift 19
  started=$1
}

# Ends process $1 and all below it. It is stopped first, so that nothing new is started while its children are collected.
end_tree() {
  kill -STOP "$1"
  for entry in /proc/[0-9]*; do
    look_at "${entry#/proc/}" && [ "$parent" = "$1" ] && end_tree "${entry#/proc/}"
  done
  kill -KILL "$1"
}

while read -r order process; do
  case $order in
    watch) watched="$watched$process " ;;
    forget) watched="${watched%%" $process "*} ${watched#*" $process "}" ;;
  esac
done

for process in $watched; do
  look_at "${process%:*}" && [ "$started" = "${process#*:}" ] && end_tree "${process%:*}"
done
rm -rf -- "$folder"
