#!/bin/sh
# Ends the process groups of a run whose own process was killed and could not end them itself.
# Reads "add PGID" and "del PGID"; end of input means that the run is gone, unless it said "bye" before.
# $1: the environment entry that its processes carry, $2: its folder of secrets.
trap '' TERM INT HUP
groups=" "
clean=
while read -r verb group; do
  [ "$verb" = bye ] && clean=yes && continue
  rest=" "
  for g in $groups; do [ "$g" = "$group" ] || rest="$rest$g "; done
  [ "$verb" = add ] && rest="$rest$group "
  groups=$rest
done
[ "$clean" ] && exit 0

for g in $groups; do kill -s TERM "$g" 2>/dev/null; done
tries=0
while [ $tries -lt 30 ]; do
  alive=
  for g in $groups; do kill -s 0 -- "-$g" 2>/dev/null && alive=yes; done
  [ "$alive" ] || break
  sleep 0.1
  tries=$((tries + 1))
done
for g in $groups; do kill -s KILL -- "-$g" 2>/dev/null; done

# What made a session of its own left its group, yet still carries the mark in its environment.
for environment in $(grep -lsazxF -- "$1" /proc/[0-9]*/environ 2>/dev/null); do
  process=${environment#/proc/}
  kill -s KILL "${process%/environ}" 2>/dev/null
done
[ -n "$2" ] && rm -rf -- "$2"
exit 0
