#!/bin/sh
# Forms a Redis Cluster and mends it; does nothing to a healthy one, and may be run at any time, by any number of runners.
#
# Environment: as nodes.sh, and
#              WAIT    seconds to wait for nodes that do not answer yet; 0 mends what can be reached
#
# A node's place is fixed: shard s owns its slots, and every node of s is its master or replicates it. So this never decides
# who is master (the cluster does, by vote), never assigns a slot while a node is out of sight, and takes none from anybody:
# that is move-slots.sh's.
set -eu

. "$(dirname "$0")/nodes.sh"

expected=$(echo "$NODES" | grep -c .)
shards=$(echo "$NODES" | grep . | cut -d' ' -f1 | sort -u | grep -c .)
deadline=$(($(date +%s) + WAIT))
members=$(find_nodes)
while [ "$(echo "$members" | grep -c .)" -lt "$expected" ] && [ "$(date +%s)" -lt "$deadline" ]; do
  sleep 0.2
  members=$(find_nodes)
done
reached=$(echo "$members" | grep -c . || true)
[ "$reached" -gt 0 ] || give_up "none of the $expected nodes answers"
if [ "$reached" = "$expected" ]; then complete=yes; else complete=no; fi
hosts=$(echo "$members" | cut -d' ' -f3)
ids=$(echo "$members" | cut -d' ' -f4)
seed=$(echo "$hosts" | head -n 1)

# Whether the node at $1 knows everybody who answers, at today's address. Ids count, not lines: a node that came back with an
# empty volume answers at the old address under a new id.
sees_all() {
  cli "$1" cluster nodes | awk -v ids="$ids" '
    $8 == "connected" && $3 !~ /handshake|noaddr/ { seen[$1] = 1 }
    END { n = split(ids, id, "\n"); for (i = 1; i <= n; i++) if (!(id[i] in seen)) exit 1 }'
}
all() { for host in $hosts; do "$1" "$host" || return 1; done; }
# Whether all is well in the eyes of the node at $1. There may be more nodes than these: those that come or go with a resharding.
healthy() {
  cli "$1" cluster info | grep -q 'cluster_slots_ok:16384' && sees_all "$1" &&
    cli "$1" cluster nodes | awk -v ids="$ids" -v nodes="$expected" -v shards="$shards" '
      BEGIN { n = split(ids, id, "\n"); for (i = 1; i <= n; i++) own[id[i]] = 1 }
      $3 ~ /fail|noaddr/ { bad++ }
      $3 ~ /slave/ && $1 in own { replicas++ }
      END { exit !(!bad && replicas == nodes - shards) }'
}
# CLUSTER SLOTS is what clients go by, and names a replica only once it has replicated something. A shard without slots is not in it.
shows_all() {
  shown=$(cli "$1" cluster slots)
  for id in $(cli "$1" cluster nodes | awk '
    { master[$1] = $4; if (NF > 8) has[$1] = 1 }
    END { for (id in master) if (id in has || master[id] in has) print id }'); do
    case "$shown" in *"$id"*) ;; *) return 1 ;; esac
  done
}
if [ "$complete" = yes ] && healthy "$seed"; then
  say "healthy: $expected nodes, $shards shards"
  exit 0
fi

introduce() {
  for host in $hosts; do
    address=$(getent ahosts "$host" | awk 'NR == 1 { print $1 }')
    [ "$host" = "$seed" ] || cli "$seed" cluster meet "$address" "$PORT" >/dev/null || say "cannot introduce $host"
  done
}

# A node that came back with an empty volume has a new id; nobody will ever answer to the old one. One with slots is such a ghost only
# if it had the name of one of these nodes: others come and go with a resharding, and are not to be forgotten with what they have.
forget_ghosts() {
  cli "$seed" cluster nodes | awk '$3 ~ /noaddr/ || ($3 ~ /fail/ && $3 !~ /fail\?/) { print $1, $2, (NF > 8 ? "owner" : "") }' |
    while read -r ghost address owner; do
      if echo "$ids" | grep -q "$ghost"; then continue; fi
      if [ -n "$owner" ] && ! is_ours "$address"; then continue; fi
      say "forgetting $ghost"
      for host in $hosts; do cli "$host" cluster forget "$ghost" >/dev/null || true; done
    done
}
# Whether "<ip>:<port>@<bus port>,<name>" is one of NODES, by name or by address.
is_ours() {
  for host in $(echo "$NODES" | cut -d' ' -f3); do
    case "$1," in "$host":* | *",$host,"*) return 0 ;; esac
  done
  return 1
}

# The host and id of shard $1's member that owns slots; else, if $2 is "any", of its first member that is a master.
owner() {
  cli "$seed" cluster nodes | awk -v members="$members" -v shard="$1" -v any="${2:-}" '
    { master[$1] = $3 ~ /master/; slots[$1] = NF > 8 }
    END {
      n = split(members, line, "\n")
      for (i = 1; i <= n; i++) {
        split(line[i], m, " ")
        if (m[1] != shard) continue
        if (slots[m[4]]) { print m[3], m[4]; exit }
        if (master[m[4]] && first == "") first = m[3] " " m[4]
      }
      if (any == "any" && first != "") print first
    }'
}

# The slots of $1 that nobody owns, as "from to" a line.
unowned() {
  cli "$seed" cluster nodes | awk -v slots="$1" '
    { for (i = 9; i <= NF; i++) if ($i !~ /^\[/) { n = split($i, r, "-"); for (s = r[1]; s <= r[n]; s++) owned[s + 0] = 1 } }
    END {
      ranges = split(slots, range, ",")
      for (i = 1; i <= ranges; i++) {
        n = split(range[i], r, "-")
        from = -1
        for (s = r[1]; s <= r[n] + 1; s++) {
          free = s <= r[n] && !((s + 0) in owned)
          if (free && from < 0) from = s
          if (!free && from >= 0) { print from, s - 1; from = -1 }
        }
      }
    }'
}
assign_slots() {
  echo "$members" | cut -d' ' -f1-2 | sort -u | while read -r shard slots; do
    unowned "$slots" | while read -r from to; do
      target=$(owner "$shard" any | cut -d' ' -f1)
      [ -n "$target" ] || continue
      say "shard $shard: slots $from to $to go to $target"
      cli "$target" cluster addslotsrange "$from" "$to" >/dev/null || true
    done
  done
}

# A master without slots in a shard that has an owner is a new node: it becomes the owner's replica. In a new shard, which owns
# nothing yet, the first node is the one to be replicated.
attach_replicas() {
  echo "$members" | while read -r shard slots host id; do
    set -- $(owner "$shard" any)
    if [ "$#" != 2 ] || [ "$2" = "$id" ]; then continue; fi
    if cli "$host" cluster nodes | grep -q "^$id .*myself,master"; then
      say "shard $shard: $host replicates $1"
      cli "$host" cluster replicate "$2" >/dev/null || true
    fi
  done
}

# One step at a time, in this order: gossip needs a moment after each, and every step looks afresh.
mend() {
  if ! all sees_all; then introduce; return; fi
  if [ "$complete" = yes ]; then
    forget_ghosts
    assign_slots
  fi
  attach_replicas
}
mended() {
  if [ "$complete" = yes ]; then all healthy && all shows_all; else all sees_all && cli "$seed" cluster info | grep -q cluster_state:ok; fi
}
tries=0
until mended; do
  [ $((tries % 3)) -ne 0 ] || mend
  tries=$((tries + 1))
  [ "$tries" -lt 300 ] || give_up "still not healthy: $(cli "$seed" cluster info | grep -E 'state|slots_ok|known_nodes' | tr -d '\r' | tr '\n' ' ')"
  sleep 0.1
done
say "mended: $reached of $expected nodes reached"
