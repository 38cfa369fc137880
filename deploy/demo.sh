#!/usr/bin/env bash
# The demo with one command on a fresh Debian or Ubuntu: installs what is missing as far as it may, then starts the bot, a
# local Slack workspace and a sample platform on this machine. Arguments go to the demo.
#
# Debian starts the services of these packages when they are installed (PostgreSQL on 5432, nginx on 80 …). They are left as
# they are, and so are those you had before: the demo starts servers of its own on free ports and ends them with itself.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
readonly packages=(postgresql redis-server nginx fonts-noto-cjk fonts-noto-color-emoji)
export DOTNET_NOLOGO=1

say() { printf '[demo] %s\n' "$@" >&2; }

if ! dotnet --list-sdks 2>/dev/null | grep -q '^10\.'; then
  say ".NET 10 SDK がありません。入れ方: https://learn.microsoft.com/dotnet/core/install/linux" \
    "The .NET 10 SDK is not installed. How to: https://learn.microsoft.com/dotnet/core/install/linux"
  exit 1
fi

missing=()
for package in "${packages[@]}"; do
  [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
done

if [ ${#missing[@]} -gt 0 ]; then
  as_root=()
  if [ "$(id -u)" -ne 0 ]; then as_root=(sudo); fi
  apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -y -qq -o Acquire::Retries=3)
  if ! command -v apt-get >/dev/null; then
    reason="apt-get がありません / no apt-get here"
  elif [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
    reason="root でも sudo でもありません / neither root nor sudo"
  else
    reason=
    say "パッケージを入れます: ${missing[*]} / Installing these packages"
    "${apt[@]}" update && "${apt[@]}" install --no-install-recommends "${missing[@]}" || reason="apt-get が失敗しました / apt-get failed"
  fi
  if [ -n "$reason" ]; then
    say "$reason" "ないまま始めます: ${missing[*]} / Starting without these" \
      "あとで入れるには / To install them later: sudo apt-get install -y ${missing[*]}"
  fi
fi

say "ビルドして起動します(初回は 1〜2 分)… / Building and starting (a minute or two the first time)…"
exec dotnet run --project src/FestivalOps.Demo -- "$@"
