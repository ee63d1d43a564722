#!/bin/sh
# What the keeper's scripts share: how to reach the nodes of a Redis Cluster. To be read by them, not run.
#
# Environment: NODES   a line a node: "<shard> <slots> <host>", slots as in "0-4095,8192"
#              PORT    the TLS port of every node
#              CA_FILE the authority that signed the nodes' certificates
#              REDIS_USER, REDISCLI_AUTH  who asks, and the password

# Sends the commands of standard input, or the one given, to the node at $1.
cli() {
  host=$1
  shift
  timeout "${CLI_SECONDS:-5}" redis-cli -e --no-auth-warning -h "$host" -p "$PORT" --tls --cacert "$CA_FILE" --user "$REDIS_USER" "$@" 2>/dev/null
}
say() { echo "$(date -u +%H:%M:%S) $*"; }
give_up() {
  say "$*"
  exit 1
}

# The nodes that answer, a line each: "<shard> <slots> <host> <id>".
find_nodes() {
  echo "$NODES" | while read -r shard slots host; do
    [ -n "$shard" ] || continue
    if id=$(cli "$host" cluster myid); then echo "$shard $slots $host $id"; fi
  done
}

# CLUSTER NODES has, a line: id address flags master ping pong epoch link slots...
