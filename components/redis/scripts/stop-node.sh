#!/bin/sh
# Has a master's replica take over before the master is stopped: clients wait for a moment instead of seeing it die, and nothing
# that was confirmed is lost. Ends at once where there is nothing to hand over.
#
# Environment: PEERS         hosts of the shard's nodes, this one among them
#              POD_IP, PORT  where this node listens, and all of them
#              CA_FILE       the authority that signed the nodes' certificates
#              HANDOVER_AUTH the password of the user "handover"
set -eu

# A replica that has just started may still be copying everything; one that does not answer will not take over.
PATIENCE=100
SILENCE=10

ask() {
  host=$1
  shift
  REDISCLI_AUTH=$HANDOVER_AUTH timeout 2 redis-cli -e --no-auth-warning -h "$host" -p "$PORT" --tls --cacert "$CA_FILE" \
    --user handover "$@" 2>/dev/null | tr -d '\r'
}
is_master() { ask "$POD_IP" info replication | grep -q '^role:master'; }

# "ready" when the node at $1 has all that this one has, "copying" when it will, else nothing.
standing() {
  ask "$1" info replication | awk -F: -v master="$POD_IP" '
    $1 == "role" { replica = $2 == "slave" }
    $1 == "master_host" { own = $2 == master }
    $1 == "master_link_status" { up = $2 == "up" }
    END { if (replica && own) print up ? "ready" : "copying" }'
}

started=$(date +%s)
heard=$started
while is_master; do
  now=$(date +%s)
  [ $((now - started)) -lt "$PATIENCE" ] && [ $((now - heard)) -lt "$SILENCE" ] || break
  for peer in $PEERS; do
    case $(standing "$peer") in
      copying) heard=$now ;;
      ready)
        ask "$peer" cluster failover >/dev/null || true
        # It is done in a few milliseconds or, after five seconds, not at all.
        for try in $(seq 60); do is_master || exit 0; sleep 0.1; done
        ;;
    esac
  done
  sleep 0.2
done
