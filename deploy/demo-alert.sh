#!/usr/bin/env bash
# Plays Alertmanager for the demo: raises an alert, or ends it. The card appears in #ops-alerts, for a critical one in #ops-critical.
#   deploy/demo-alert.sh                        HighCpuUsage, warning
#   deploy/demo-alert.sh DatabaseDown critical  another name, another severity (warning or critical)
#   deploy/demo-alert.sh --end                  it is over; also with a name and a severity
#   deploy/demo-alert.sh --port=5081            where the demo says that its bot listens
set -euo pipefail

port=5081 status=firing words=()
for word in "$@"; do
  case $word in
    --port=*) port=${word#--port=} ;;
    --end) status=resolved ;;
    -*) sed -n '2,6s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
    *) words+=("$word") ;;
  esac
done
name=${words[0]:-HighCpuUsage} severity=${words[1]:-warning}
if [[ ! $name =~ ^[A-Za-z][A-Za-z0-9_]*$ || ! $severity =~ ^(warning|critical)$ || ! $port =~ ^[0-9]+$ ]]; then
  sed -n '2,6s/^# \{0,1\}//p' "$0" >&2
  exit 2
fi

body='{"version":"4","groupKey":"{}:{alertname=\"'$name'\"}","status":"'$status'","receiver":"festivalops","groupLabels":{"alertname":"'$name'"},
  "commonLabels":{},"commonAnnotations":{},"externalURL":"","alerts":[{"status":"'$status'",
  "labels":{"alertname":"'$name'","severity":"'$severity'","instance":"web-1:3000"},
  "annotations":{"summary":"'$name' on web-1","description":"An alert of the demo, sent by hand."},
  "startsAt":"'$(date -u +%Y-%m-%dT%H:00:00Z)'","endsAt":"'$([ "$status" = resolved ] && date -u +%Y-%m-%dT%H:%M:%SZ || echo 0001-01-01T00:00:00Z)'","generatorURL":""}]}'
# The demo's own token: the demo listens on this machine only.
if ! answer=$(curl --silent --show-error --max-time 10 --header 'Authorization: Bearer festival-demo' --header 'Content-Type: application/json' \
  --data "$body" --write-out '%{http_code}' "http://127.0.0.1:$port/alerts/alertmanager"); then
  echo "デモが動いていません。別の端末で deploy/demo.sh を始めてください。 / The demo does not run: start deploy/demo.sh in another terminal." >&2
  exit 1
fi
[ "${answer: -3}" = 200 ] || { echo "The bot answered $answer" >&2; exit 1; }
echo "送りました。 / Sent: $name, $severity, $status"
