#!/bin/sh
# api: the HTTP service. worker [run | migrate …]: read models, days, processes. Anything else is a verb of the command line.
set -eu
apps=/plumbline/dist/apps
case "${1:-api}" in
  api) shift || true; exec node --enable-source-maps "$apps/api/main.mjs" "$@" ;;
  worker) shift; exec node --enable-source-maps "$apps/worker/main.mjs" "$@" ;;
  *) exec node --enable-source-maps "$apps/cli/main.mjs" "$@" ;;
esac
