# Boots the host whose folders are in $1 over the base $2, with the name $3, the address $4 here and $5 there. Run by root in a mount and a process
# namespace of its own (unshare --mount --pid --kill-child): when that is killed, all its processes, its mounts and its interface are gone with it.
# What the host writes is kept in $1 and is there at the next boot. $6: the repository, $7: the .NET runtime, both read-only in the host.
set -eu
run=$1 base=$2 name=$3 here=$4 there=$5 repository=$6 dotnet=$7
umask 022
# Its own place among the control groups: two hosts at a time must not share one. Those of hosts that are gone are swept.
for tree in /sys/fs/cgroup /sys/fs/cgroup/systemd /sys/fs/cgroup/unified; do
  [ -e "$tree/cgroup.procs" ] || continue
  for old in "$tree"/fopshost*; do
    [ -d "$old" ] || continue
    [ -n "$(find "$old" -name cgroup.procs -exec cat {} +)" ] || find "$old" -depth -type d -exec rmdir {} +
  done
  mkdir -p "$tree/$name"
  echo 0 >"$tree/$name/cgroup.procs"
done
mkdir -p "$run/upper" "$run/work" "$run/root"
mount -t overlay overlay -o "lowerdir=$base,upperdir=$run/upper,workdir=$run/work" "$run/root"
cd "$run/root"
if [ ! -e etc/ssh/ssh_host_ed25519_key ]; then
  ssh-keygen -q -t ed25519 -N '' -f etc/ssh/ssh_host_ed25519_key
  echo "$name" >etc/hostname
  printf '127.0.0.1 localhost %s\n' "$name" >etc/hosts
  printf '[Match]\nName=host0\n[Network]\nAddress=%s/30\nLinkLocalAddressing=no\n' "$there" >etc/systemd/network/10-host0.network
  printf 'PasswordAuthentication no\nPermitRootLogin no\nHostKey /etc/ssh/ssh_host_ed25519_key\n' >etc/ssh/sshd_config.d/10-test.conf
  mkdir -p etc/systemd/system/multi-user.target.wants
  ln -s /lib/systemd/system/systemd-networkd.service etc/systemd/system/multi-user.target.wants/
fi
(
  until ip address add "$here/30" dev "ve-$name" 2>/dev/null; do sleep 0.1; done
  ip link set "ve-$name" up
) &
exec systemd-nspawn --quiet --boot --directory="$run/root" --machine="$name" --register=no --keep-unit --network-veth \
  --bind-ro="$repository:/srv/festivalops" --bind-ro="$dotnet:/usr/share/dotnet" --console=pipe
