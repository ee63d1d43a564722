#!/bin/sh
# Moves hash slots to the shards that are to own them, a few at a time while clients go on, then lets go of the nodes that nobody
# wants any more. Does nothing where all is in its place; may be stopped at any time, and goes on when it is run again.
#
# Environment: as nodes.sh, and
#              ZONE    the region's time zone, as in POSIX' TZ (the image has no names of zones)
#              FROZEN  dates on which nothing moves, as nothing does on Saturdays
set -eu

. "$(dirname "$0")/nodes.sh"

# Slots that move together. Few, since a key that has gone while its slot has not is answered by a redirection (ASK).
CHUNK=64
# Keys of a slot that move with one command, for which both nodes stop.
KEYS=100
MIGRATE_MS=5000
export CLI_SECONDS=30

refuse_if_frozen() {
  today=$(TZ=$ZONE date +%Y-%m-%d)
  [ "$(TZ=$ZONE date +%u)" != 6 ] || give_up "nothing moves on a Saturday"
  case " $FROZEN " in *" $today "*) give_up "nothing moves on $today, which is frozen" ;; esac
}

members=$(find_nodes)
[ "$(echo "$members" | grep -c .)" = "$(echo "$NODES" | grep -c .)" ] || give_up "not every node answers"
hosts=$(echo "$members" | cut -d' ' -f3)
ids=$(echo "$members" | cut -d' ' -f4)
seed=$(echo "$hosts" | head -n 1)

# The slots that one shard has and another should have, as the node at $1 sees it, a line a few:
# "<giver's address> <its id> <taker's address> <its id> <slot>..."; nothing when all are in their place. "unowned" at the end
# when it does not answer, or knows slots that nobody has.
misplaced() {
  cli "$1" cluster nodes | awk -v members="$members" -v chunk="$CHUNK" '
    function spread(ranges, owners, owner,    range, bound, i, s, n) {
      n = split(ranges, range, ",")
      for (i = 1; i <= n; i++) for (s = first(range[i]); s <= last(range[i]); s++) owners[s] = owner
    }
    function first(range) { sub(/-.*/, "", range); return range + 0 }
    function last(range) { sub(/.*-/, "", range); return range + 0 }
    BEGIN {
      n = split(members, line, "\n")
      for (i = 1; i <= n; i++) { split(line[i], m, " "); shard[m[4]] = m[1]; spread(m[2], wanted, m[1]) }
    }
    {
      address[$1] = $2
      sub(/:[0-9]+@.*/, "", address[$1])
      if ($3 ~ /master/ && $1 in shard && (NF > 8 || !(shard[$1] in master))) master[shard[$1]] = $1
      for (i = 9; i <= NF; i++) if ($i !~ /^\[/) spread($i, owner, $1)
    }
    END {
      for (s = 0; s < 16384; s++) {
        if (!(s in owner)) { unowned = 1; continue }
        # As texts: a node of no shard would be equal to one of shard 0.
        if (shard[owner[s]] "" == wanted[s] "") continue
        taker = master[wanted[s]]
        way = address[owner[s]] " " owner[s] " " address[taker] " " taker
        slots[way] = slots[way] " " s
        if (++count[way] % chunk == 0) { print way slots[way]; slots[way] = "" }
      }
      for (way in slots) if (slots[way] != "") print way slots[way]
      if (unowned) print "unowned"
    }'
}

# Sends the commands of standard input to the node at $1, which must carry out each.
tell() {
  said=$(cli "$1" || true)
  if [ -z "$said" ] || echo "$said" | grep -qvE '^(OK|NOKEY)$'; then
    say "$1 says: $(echo "$said" | grep -vE '^(OK|NOKEY)$' | head -n 1)"
    return 1
  fi
}
# SETSLOT $1 for each of the slots that follow.
set_slots() {
  state=$1
  shift
  for slot in "$@"; do echo "CLUSTER SETSLOT $slot $state"; done
}
# A command for each slot that still has keys at the giver; keys stay quoted as redis-cli quotes and reads them. Fails unless the
# giver has answered for each slot: a slot that goes while it has keys takes them with it.
migrations() {
  for slot in "$@"; do echo "CLUSTER GETKEYSINSLOT $slot $KEYS"; done | cli "$from" --no-raw |
    awk -v slots="$#" -v head="MIGRATE $to $PORT \"\" 0 $MIGRATE_MS REPLACE AUTH2 $REDIS_USER" '
      BEGIN { password = ENVIRON["REDISCLI_AUTH"]; gsub(/["\\]/, "\\\\&", password); head = head " \"" password "\" KEYS" }
      /^\(empty/ { answers++; next }
      /^ *1\) / { answers++; if (line != "") print line; line = head }
      { key = $0; sub(/^ *[0-9]+\) /, "", key); line = line " " key }
      END { if (line != "") print line; exit answers != slots }'
}
move() {
  from=$1 from_id=$2 to=$3 to_id=$4
  shift 4
  set_slots "importing $from_id" "$@" | tell "$to"
  commands=$(set_slots "migrating $to_id" "$@" && migrations "$@")
  while [ -n "$commands" ]; do
    printf '%s\n' "$commands" | tell "$from"
    commands=$(migrations "$@")
  done
  # The taker first: should this end here, nobody else answers for a slot that nobody has. The others hear it from the taker.
  set_slots "node $to_id" "$@" | tell "$to"
  set_slots "node $to_id" "$@" | tell "$from"
}

# Nodes that have no place any more, and neither slots nor masters with slots: "<order> <id> <address>", replicas first.
unwanted() {
  cli "$seed" cluster nodes | awk -v ids="$ids" '
    BEGIN { n = split(ids, id, "\n"); for (i = 1; i <= n; i++) own[id[i]] = 1 }
    { address = $2; sub(/:[0-9]+@.*/, "", address) }
    !($1 in own) && NF == 8 && $3 !~ /fail|noaddr|handshake/ { print ($3 ~ /slave/ ? 0 : 1), $1, address }' | sort -n
}
let_go() {
  unwanted | while read -r order id address; do
    say "letting go of $address"
    cli "$address" cluster reset hard >/dev/null || true
    for host in $hosts; do cli "$host" cluster forget "$id" >/dev/null || true; done
  done
}

plan=$(misplaced "$seed")
case "$plan" in *unowned) give_up "there are slots that nobody has" ;; esac
if [ -n "$plan" ]; then
  echo "$plan" | cut -d' ' -f1,3 | sort | uniq -c | while read -r count way; do say "$count steps from ${way% *} to ${way#* }"; done
  echo "$plan" | while read -r step; do
    refuse_if_frozen
    set -- $step
    move "$@" </dev/null
  done
fi
# Gossip takes a moment, and whoever forgets a node forgets what it had: first every node must know who owns what.
for try in $(seq 100); do
  for host in $hosts; do [ -z "$(misplaced "$host")" ] || { sleep 0.1; continue 2; }; done
  let_go
  say "every slot is in its place"
  exit 0
done
give_up "the nodes do not agree on who owns what"
