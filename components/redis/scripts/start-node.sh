#!/bin/sh
# Starts a Redis node with the given arguments; one that was a master lets its replica take over first.
#
# After a crash the append-only file may lack what the replica has: while the disk is busy Redis postpones writing the file, for
# up to two seconds, and goes on answering. A master that came back at once would be believed, and its replica would forget
# what both had confirmed. So it waits until the replica has been voted master, and comes back as its replica.
#
# Environment: PEERS         hosts of the shard's nodes, this one among them
#              POD_IP, PORT  where this node listens, and all of them
#              NODES_FILE    the node's own record of the cluster
#              CA_FILE       the authority that signed the nodes' certificates
#              REDISCLI_AUTH the password of the user "probe"
set -eu

# Longer than a vote takes; a vote that has not come by then cannot come, and a stale master is better than none.
PATIENCE=10

# Whether the node at $1 is a replica that has lost its master. One that never had one since its own start (-1) has nothing
# that this node lacks: then the whole shard is starting.
is_orphaned() {
  timeout 2 redis-cli -e --no-auth-warning -h "$1" -p "$PORT" --tls --cacert "$CA_FILE" --user probe info replication 2>/dev/null |
    tr -d '\r' | awk -F: '
      $1 == "role" { replica = $2 == "slave" }
      $1 == "master_link_down_since_seconds" { never = $2 == -1 }
      END { exit !(replica && !never) }'
}

if grep -q 'myself,master' "$NODES_FILE" 2>/dev/null; then
  end=$(($(date +%s) + PATIENCE))
  for host in $PEERS; do
    address=$(getent ahosts "$host" | awk 'NR == 1 { print $1 }')
    [ "$address" != "$POD_IP" ] || continue
    while is_orphaned "$host" && [ "$(date +%s)" -lt "$end" ]; do
      sleep 0.1
    done
  done
fi
exec redis-server "$@"
