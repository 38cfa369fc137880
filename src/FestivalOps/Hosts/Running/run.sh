# Given to sh -c by FestivalOps, with a mark as $0: runs a program as the leader of a session of its own, so that all of it can be ended.
# $1: folder or nothing. $2: root or self. $3: input or none. $4: alone or shared. Then the program and its arguments.
# What stands before the mark on either output came from the login shell and is not the program's.
absent() { printf '%s absent %s\n' "$0" "$1" >&2; exit 127; }
words=$#
said() { tr '\0' '\n' 2>/dev/null <"/proc/$1/cmdline" | "$2" -n "$3"; }
alone() {
  mine=$(said "$$" tail "$words")
  for other in /proc/[0-9]*; do
    other=${other#/proc/}
    [ "$other" != "$$" ] && [ -O "/proc/$other" ] && grep -aqs fops- "/proc/$other/cmdline" || continue
    [ "$(said "$other" head 1)" = /bin/sh ] && [ "$(said "$other" tail "$words")" = "$mine" ] || continue
    printf '%s busy %s\n' "$0" "$other" >&2
    exit 126
  done
}
printf '%s\n' "$0"
[ -z "$1" ] || cd -- "$1" 2>/dev/null || absent "$1"
as=$2 input=$3
[ "$4" = shared ] || alone
shift 4
[ -f "$1" ] && [ -x "$1" ] || absent "$1"
[ "$as" = self ] || [ -x /usr/bin/sudo ] || absent /usr/bin/sudo
export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive
[ "$as" = self ] || set -- /usr/bin/sudo -n -- "$@"
printf '%s runs %s\n' "$0" "$$" >&2
if [ "$input" = none ]; then "$@" </dev/null; else "$@"; fi
exit $?
