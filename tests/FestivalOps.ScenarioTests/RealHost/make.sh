# Makes the folder $1 with a Debian that boots, for the tests on a real host. Run by root in a mount namespace of its own (unshare --mount), so that
# what is mounted here is gone when this ends, however it ends. Packages come from where this machine's apt gets its own; those that were
# fetched once are kept in $2. The folder appears only when it is whole.
set -eu
folder=$1 kept=$2
umask 022
[ ! -d "$folder" ] || exit 0 # another run made it meanwhile
. /etc/os-release
apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
  awk -v own="$VERSION_CODENAME" '$3 == "main" && ($2 == own || index($2, own "-") == 1)' | sort -u >"$folder.sources"
mirror=$(awk -v own="$VERSION_CODENAME" '$2 == own { print $1; exit }' "$folder.sources")
[ -n "$mirror" ] || { echo "apt knows no archive of $VERSION_CODENAME here: apt-get update" >&2; exit 1; }

find "$kept" -maxdepth 1 -name 'base-*' ! -name "${folder##*/}*" -exec rm -rf --one-file-system {} + # of older recipes
rm -rf --one-file-system "$folder.part"
mkdir -p "$folder.part" "$kept/debs" "$kept/archives/partial"
debootstrap --variant=minbase --cache-dir="$kept/debs" "$VERSION_CODENAME" "$folder.part" "$mirror"

cd "$folder.part"
# It may be thrown away at any time: nothing is worth waiting for a disk, and nobody reads its manuals.
echo force-unsafe-io >etc/dpkg/dpkg.cfg.d/fast
printf 'path-exclude=/usr/share/%s/*\n' doc man locale >>etc/dpkg/dpkg.cfg.d/fast
apt-config dump | grep '^Acquire::' >etc/apt/apt.conf.d/90machine || true
while read -r uri release component; do echo "deb $uri $release $component"; done <"$folder.sources" >etc/apt/sources.list
mount --bind /proc proc
mount --bind "$kept/archives" var/cache/apt/archives
printf '#!/bin/sh\nexit 101\n' >usr/sbin/policy-rc.d # nothing is started while it is made
chmod 755 usr/sbin/policy-rc.d
as_root() { DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 chroot . "$@"; }
as_root apt-get -q update
# shellcheck disable=SC2046
as_root apt-get -q -y --no-install-recommends -o APT::Keep-Downloaded-Packages=true install \
  systemd-sysv dbus openssh-server sudo nginx-light postgresql redis-server logrotate nftables iptables ufw cron ca-certificates openssl \
  procps iproute2 curl acl libnss-systemd $(as_root apt-cache --names-only search '^libicu[0-9]+$' | cut -d ' ' -f 1)
rm usr/sbin/policy-rc.d etc/apt/sources.list etc/apt/apt.conf.d/90machine
rm -rf var/lib/apt/lists/* etc/ssh/ssh_host_*
: >etc/machine-id
umount var/cache/apt/archives proc
cd /
rm "$folder.sources"
mv "$folder.part" "$folder"
