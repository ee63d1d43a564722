#!/bin/sh
# Restores a backup into an empty Redis Cluster that has the same shards. The whole backup is checked before anything is touched.
#
# The keys go over the network: the backups' volume and those of the nodes are each attached to one machine at a time, most of them in
# different zones, so that no Pod could copy files from one to the other. A Redis of this Pod's own, which nobody can reach,
# loads a shard's snapshot and hands its keys to the shard's master (MIGRATE): over TLS, with their times to live, each confirmed.
# Replicas get them from their masters.
#
# Environment: as backups.sh, and
#              BACKUP   the name of the backup
#              SCRATCH  a folder to work in
#              WAIT     seconds to wait for the cluster to be healthy
#              CERT_FILE, KEY_FILE  with which a Redis speaks TLS
set -eu

. "$(dirname "$0")/backups.sh"

# Keys that are handed over with one command, for which both ends stop.
BATCH=200
MIGRATE_MS=5000
# Seconds for a master to be replaced.
PATIENCE=30
# How often a shard is begun, since its master was replaced on the way.
ATTEMPTS=3
LOAD_SECONDS=900

folder=$BACKUPS/$BACKUP
refuse() { give_up "nothing is restored: $*"; }

# The value of line $1 of the manifest.
told() { sed -n "s/^$1 //p" "$folder/$MANIFEST"; }
shards() { grep '^shard ' "$folder/$MANIFEST" | cut -d' ' -f2-; }

[ -f "$folder/$MANIFEST" ] || refuse "there is no backup $BACKUP; there are: $(backups | tr '\n' ' ')"
[ "$(told format)" = "$FORMAT" ] || refuse "backup $BACKUP has format $(told format), not $FORMAT"
[ "$(told cluster)" = "$CLUSTER" ] || refuse "backup $BACKUP is of $(told cluster), not of $CLUSTER"
[ "$(shards | cut -d' ' -f1,2)" = "$(planned)" ] ||
  refuse "the shards of backup $BACKUP are $(shards | cut -d' ' -f2 | tr '\n' ' ')and those of the cluster $(planned | cut -d' ' -f2 | tr '\n' ' ')"
while read -r shard slots file bytes sum keys; do
  [ "$(wc -c <"$folder/$file")" = "$bytes" ] || refuse "$file of backup $BACKUP has not the $bytes bytes of its manifest"
  [ "$(sha256sum <"$folder/$file" | cut -d' ' -f1)" = "$sum" ] || refuse "$file of backup $BACKUP is not what its manifest says (sha256)"
  report=$(redis-check-rdb "$folder/$file" 2>&1) || refuse "Redis cannot read $file of backup $BACKUP: $(echo "$report" | grep offset | tail -n 1)"
  [ "$(keys_read "$report")" = "$keys" ] || refuse "$file of backup $BACKUP has not the $keys keys of its manifest"
done <<SHARDS
$(shards)
SHARDS
say "backup $BACKUP is whole"

end=$(($(date +%s) + WAIT))
while :; do
  standings=$(standings)
  why=$(obstacle "$standings")
  [ -n "$why" ] || break
  [ "$(date +%s)" -lt "$end" ] || refuse "$why"
  sleep 1
done
while read -r shard slots; do
  master=$(master_of "$standings" "$shard" "$slots")
  keyspace=$(cli "$master" info keyspace </dev/null) || refuse "$master does not say whether it is empty"
  held=$(echo "$keyspace" | sed -n 's/^db0:keys=\([0-9]*\),.*/\1/p')
  [ "${held:-0}" = 0 ] || refuse "the cluster is not empty: shard $shard has $held keys"
done <<SHARDS
$(planned)
SHARDS

# The Redis that loads a snapshot: reached by a socket in SCRATCH alone, whose path would be too long in whole.
cd "$SCRATCH"
own() (
  unset REDISCLI_AUTH
  redis-cli -e -s redis.sock "$@"
)
load() {
  ln -sf "$folder/$1" dump.rdb
  redis-server --port 0 --unixsocket redis.sock --unixsocketperm 700 --dir . --dbfilename dump.rdb --save "" --appendonly no \
    --tls-cluster yes --tls-protocols TLSv1.3 --tls-cert-file "$CERT_FILE" --tls-key-file "$KEY_FILE" --tls-ca-cert-file "$CA_FILE" \
    >redis.log 2>&1 </dev/null &
  redis=$!
  end=$(($(date +%s) + LOAD_SECONDS))
  until own ping >/dev/null 2>&1; do
    kill -0 "$redis" 2>/dev/null || give_up "$1 cannot be loaded: $(tail -n 1 redis.log)"
    [ "$(date +%s)" -lt "$end" ] || give_up "$1 is not loaded after $LOAD_SECONDS s"
    sleep 0.1
  done
}
unload() {
  [ -n "${redis:-}" ] || return 0
  kill -9 "$redis" 2>/dev/null || true
  wait "$redis" 2>/dev/null || true
  redis=
}
trap unload EXIT
loaded() { own info persistence | tr -d '\r' | awk -F: '$1 ~ /^rdb_last_load_keys_/ { keys += $2 } END { print keys }'; }

# The master of shard $1 with slots $2, and the run that it is in; nothing while there is none.
present() {
  node=$(master_of "$(standings)" "$1" "$2")
  [ -n "$node" ] || return 0
  run=$(cli "$node" info server </dev/null | tr -d '\r' | sed -n 's/^run_id://p')
  [ -z "$run" ] || echo "$node $run"
}
# Waits until a replica has what the master $1 has by now, as it confirms every second; a shard may be without one for a while.
await_replica() {
  wanted=$(cli "$1" info replication </dev/null | tr -d '\r' | sed -n 's/^master_repl_offset://p')
  for try in $(seq "$PATIENCE"); do
    cli "$1" info replication </dev/null | tr -d '\r' | awk -F'[=,]' -v wanted="$wanted" '
      /^slave[0-9]+:/ { for (i = 1; i < NF; i++) if ($i == "offset" && $(i + 1) >= wanted + 0) there = 1 }
      END { exit !there }' && return 0
    sleep 0.5
  done
  say "no replica of $1 has everything yet"
}
# Hands the keys $1, quoted as redis-cli quotes and reads them, to `master`; fails when shard $2 with slots $3 has another one by now, or
# one that has been started anew.
hand_over() {
  for try in $(seq "$PATIENCE"); do
    said=$(printf '%s\n' "$1" | HEAD="MIGRATE $master $PORT \"\" 0 $MIGRATE_MS COPY REPLACE AUTH2 $REDIS_USER" awk '
      BEGIN { password = ENVIRON["REDISCLI_AUTH"]; gsub(/["\\]/, "\\\\&", password) }
      { keys = keys " " $0 }
      END { print ENVIRON["HEAD"] " \"" password "\" KEYS" keys }' | own 2>&1 || true)
    case "$said" in OK | NOKEY) return 0 ;; esac
    sleep 1
    now=$(present "$2" "$3")
    [ -z "$now" ] || [ "$now" = "$at_first" ] || return 1
  done
  give_up "shard $2 is not restored: $master says: $said"
}
# Hands over all keys for shard $1 with slots $2; fails when its master was replaced before a replica had them all.
hand_over_all() {
  for try in $(seq "$PATIENCE"); do
    at_first=$(present "$1" "$2")
    [ -z "$at_first" ] || break
    sleep 1
  done
  [ -n "$at_first" ] || give_up "shard $1 is not restored: it has no master that answers"
  master=${at_first% *}
  cursor=0
  while :; do
    page=$(own --no-raw scan "$cursor" count "$BATCH")
    cursor=$(printf '%s\n' "$page" | sed -n '1s/^1) "\([0-9]*\)"$/\1/p')
    [ -n "$cursor" ] || give_up "the keys of shard $1 cannot be read"
    batch=$(printf '%s\n' "$page" | sed -e 1d -e 's/^2) //' | sed -n 's/^ *[0-9][0-9]*) //p')
    [ -z "$batch" ] || hand_over "$batch" "$1" "$2" || return 1
    [ "$cursor" != 0 ] || break
  done
  await_replica "$master"
  [ "$(present "$1" "$2")" = "$at_first" ]
}
while read -r shard slots file bytes sum keys; do
  load "$file"
  [ "$(loaded)" = "$keys" ] || give_up "Redis loads $(loaded) of the $keys keys of $file"
  live=$(own dbsize)
  attempt=1
  until hand_over_all "$shard" "$slots"; do
    [ "$attempt" -lt "$ATTEMPTS" ] || give_up "shard $shard is not restored: its master was replaced $ATTEMPTS times"
    attempt=$((attempt + 1))
    say "shard $shard: its master was replaced; all keys again"
  done
  unload
  say "shard $shard: $live keys handed over, $((keys - live)) had expired"
done <<SHARDS
$(shards)
SHARDS
say "backup $BACKUP is restored"
