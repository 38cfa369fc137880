# Run as root in the host once: a platform as small as it can be, so that every command of the guideline meets what it is about.
# Its input is the platform's schema. $1: the password of the database's owner.
set -eu
place=/var/www/festival-planner
mkdir -p "$place/log" "$place/tmp/cache" "$place/public"
head -c 1000 /dev/zero | tr '\0' x >"$place/log/production.log"
chown -R www-data:www-data "$place"

cat >/etc/systemd/system/festival-planner.service <<'END'
[Unit]
Description=The sample platform's application: it only says that it is there
[Service]
User=www-data
WorkingDirectory=/var/www/festival-planner
ExecStart=/bin/sh -c 'echo "festival-planner is up"; exec sleep infinity'
[Install]
WantedBy=multi-user.target
END
systemctl daemon-reload
systemctl enable --quiet --now festival-planner

cluster=$(ls -d /etc/postgresql/*/main)
cat >"$cluster/conf.d/platform.conf" <<'END'
listen_addresses = '*'
shared_preload_libraries = 'pg_stat_statements'
fsync = off
END
echo 'host all all samenet scram-sha-256' >>"$cluster/pg_hba.conf"
systemctl restart postgresql
as_postgres() { runuser -u postgres -- psql --quiet --no-psqlrc --set=ON_ERROR_STOP=1 "$@" >/dev/null; }
as_postgres --command="CREATE ROLE planner LOGIN PASSWORD '$1'" --command='CREATE ROLE festivalops LOGIN IN ROLE pg_monitor, pg_read_all_data'
as_postgres --command='CREATE DATABASE festival_planner_platform_production OWNER planner'
as_postgres --dbname=festival_planner_platform_production --command='CREATE EXTENSION pg_stat_statements'
{ echo 'SET ROLE planner;'; cat; } | as_postgres --dbname=festival_planner_platform_production

sed -i 's/^bind .*/bind 0.0.0.0/; s/^protected-mode .*/protected-mode no/' /etc/redis/redis.conf
systemctl restart redis-server

# A package with an update in an archive of its own: lists can be fetched and packages upgraded without any network.
# While /run/festival-sample-hangs is there, the update hangs midway.
archive=/srv/packages
mkdir -p "$archive"
for version in 1.0 2.0; do
  part=$(mktemp -d)
  chmod 755 "$part"
  mkdir "$part/DEBIAN"
  printf 'Package: festival-sample\nVersion: %s\nArchitecture: all\nMaintainer: Nobody <nobody@example.com>\nDescription: Something to upgrade\n' "$version" >"$part/DEBIAN/control"
  printf '#!/bin/sh\nwhile [ -e /run/festival-sample-hangs ]; do sleep 1; done\n' >"$part/DEBIAN/postinst"
  chmod 755 "$part/DEBIAN/postinst"
  dpkg-deb --build "$part" "$archive/festival-sample_$version.deb" >/dev/null
  rm -r "$part"
done
new=$archive/festival-sample_2.0.deb
{
  dpkg-deb --field "$new"
  printf 'Filename: ./%s\nSize: %s\nSHA256: %s\n' "${new##*/}" "$(stat --format=%s "$new")" "$(sha256sum "$new" | cut -d ' ' -f 1)"
} >"$archive/Packages"
echo "deb [trusted=yes] file:$archive ./" >/etc/apt/sources.list
dpkg --install "$archive/festival-sample_1.0.deb" >/dev/null
systemctl enable --quiet --now nftables # with the rules of its package: a table, three chains
