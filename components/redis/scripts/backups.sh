#!/bin/sh
# What the scripts that back up and restore a Redis Cluster share. To be read by them, not run.
#
# Environment: as nodes.sh, and
#              CLUSTER  the cluster's name
#              BACKUPS  the folder of its backups; one is a folder named after when it was taken, in UTC: 20270807T101500Z
#
# A backup has a snapshot (RDB) a shard and a MANIFEST, of lines:
#   format 1
#   cluster <name>
#   taken <UTC>
#   redis <version>
#   shard <number> <slots> <file> <bytes> <sha256> <keys, as redis-check-rdb counts them>

. "$(dirname "$0")/nodes.sh"

FORMAT=1
MANIFEST=manifest

# Names of whole backups, the oldest first. What is being made or removed has another name.
backups() { ls -1 "$BACKUPS" | grep -E '^[0-9]{8}T[0-9]{6}Z$' | sort || true; }

# "<shard> <slots>" of the shards that there shall be.
planned() { echo "$NODES" | grep . | cut -d' ' -f1,2 | sort -nu; }

# What the nodes that answer say of themselves, a line each: "<shard> <slots> <host> <master or replica> <its slots, or ->". Slots
# that are on their way are among its slots as Redis writes them, so that these differ from those that it shall have.
standings() {
  echo "$NODES" | grep . | while read -r shard slots node; do
    cli "$node" cluster nodes </dev/null | awk -v place="$shard $slots $node" '
      $3 ~ /myself/ {
        own = $9
        for (i = 10; i <= NF; i++) own = own "," $i
        print place, ($3 ~ /master/ ? "master" : "replica"), (own == "" ? "-" : own)
      }'
  done
}
# Of the standings in $1 the node that is master of shard $2 with all of its slots $3; nothing where none or more than one is.
master_of() {
  echo "$1" | awk -v shard="$2" -v slots="$3" '
    $1 == shard && $4 == "master" && $5 == slots { masters++; host = $3 }
    END { if (masters == 1) print host }'
}
# Why the cluster cannot be gone by, in words, as of the standings in $1; nothing when every slot is where it shall be.
obstacle() {
  planned | while read -r shard slots; do
    master=$(master_of "$1" "$shard" "$slots")
    if [ -z "$master" ]; then
      echo "shard $shard has no master that answers and has its slots $slots and no others"
    elif ! cli "$master" cluster info </dev/null | grep -q '^cluster_state:ok'; then
      echo "the cluster is not ok in the eyes of $master"
    fi
  done | head -n 1
}
# The number that redis-check-rdb counted in its report $1.
keys_read() { echo "$1" | awk '$1 == "[info]" && $3 == "keys" { print $2 }'; }
