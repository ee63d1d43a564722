#!/bin/sh
# Backs up a Redis Cluster: a snapshot of every shard, one after the other, checked and described by a manifest. What is there
# before is not touched until the new backup is whole; a run that fails leaves its remains to the next one, which removes them.
#
# Environment: as backups.sh, and
#              KEEP     how many backups are kept
#              SNAPSHOT_SECONDS  how long one snapshot may take, before another node is asked for it
set -eu

. "$(dirname "$0")/backups.sh"

started=$(date +%s)
standings=$(standings)
why=$(obstacle "$standings")
[ -z "$why" ] || give_up "no backup: $why"

for remains in "$BACKUPS"/*.part; do rm -rf "$remains"; done
name=$(date -u +%Y%m%dT%H%M%SZ)
while [ -e "$BACKUPS/$name" ]; do
  sleep 1
  name=$(date -u +%Y%m%dT%H%M%SZ)
done
part=$BACKUPS/$name.part
mkdir "$part" 2>/dev/null || give_up "no backup: nothing can be written to $BACKUPS"

# The replicas of shard $1 that have what their master has, then the master $2.
sources() {
  echo "$standings" | awk -v shard="$1" '$1 == shard && $4 == "replica" { print $3 }' | while read -r node; do
    if cli "$node" info replication </dev/null | tr -d '\r' | grep -q '^master_link_status:up'; then echo "$node"; fi
  done
  echo "$2"
}
# A snapshot of the node at $1 as file $2; else fails, with what redis-cli said last as `said`.
snapshot() {
  said=$(timeout "$SNAPSHOT_SECONDS" redis-cli --no-auth-warning -h "$1" -p "$PORT" --tls --cacert "$CA_FILE" \
    --user "$REDIS_USER" --rdb "$2" 2>&1 </dev/null) && report=$(redis-check-rdb "$2" 2>&1) && return 0
  said=$(printf '%s\n%s' "$said" "${report:-}" | grep . | tail -n 1)
  return 1
}

echo "format $FORMAT
cluster $CLUSTER
taken $(date -u +%Y-%m-%dT%H:%M:%SZ)" >"$part/$MANIFEST" || give_up "no backup: nothing can be written to $BACKUPS"
while read -r shard slots; do
  file=shard-$shard.rdb
  taken=
  for node in $(sources "$shard" "$(master_of "$standings" "$shard" "$slots")"); do
    report=
    if snapshot "$node" "$part/$file"; then taken=$node && break; fi
    say "shard $shard: no snapshot from $node: $said"
  done
  [ -n "$taken" ] || give_up "no backup: shard $shard gives no snapshot: $said"
  version=$(echo "$report" | sed -n "s/.*AUX FIELD redis-ver = '\(.*\)'/\1/p")
  bytes=$(wc -c <"$part/$file")
  keys=$(keys_read "$report")
  grep -q '^redis ' "$part/$MANIFEST" || echo "redis $version" >>"$part/$MANIFEST"
  echo "shard $shard $slots $file $bytes $(sha256sum "$part/$file" | cut -d' ' -f1) $keys" >>"$part/$MANIFEST" ||
    give_up "no backup: nothing can be written to $BACKUPS"
  say "shard $shard: $keys keys, $bytes bytes, from $taken"
done <<SHARDS
$(planned)
SHARDS

# A key that went from one shard to another meanwhile may be in no snapshot.
[ -z "$(obstacle "$(standings)")" ] || give_up "no backup: the cluster changed while it was taken"
sync "$part"/* "$part"
mv "$part" "$BACKUPS/$name"
sync "$BACKUPS"

# Those to go: all but the newest, and but the newest in which a shard has keys, should it have none in any newer one: a shard that
# has lost its data must not lose its backups too.
expired() {
  backups | sort -r | while read -r backup; do
    awk -v backup="$backup" '$1 == "shard" { print backup, $2, $7 }' "$BACKUPS/$backup/$MANIFEST" 2>/dev/null || true
    echo "$backup - 0"
  done | awk -v keep="$KEEP" '
    !($1 in rank) { rank[$1] = ++ranks; order[ranks] = $1 }
    rank[$1] <= keep { kept[$1] = 1 }
    $3 > 0 && !($2 in has) { has[$2] = 1; kept[$1] = 1 }
    END { for (i = 1; i <= ranks; i++) if (!(order[i] in kept)) print order[i] }'
}
for backup in $(expired); do
  mv "$BACKUPS/$backup" "$BACKUPS/$backup.part" && rm -rf "$BACKUPS/$backup.part"
  say "removed $backup"
done
say "backup $name is whole, after $(($(date +%s) - started)) s"
