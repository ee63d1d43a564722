/** Directives that a stack may not add, and what each would undo. */
const REFUSED: readonly { readonly name: RegExp; readonly because: string }[] = [
  { name: /^(port|bind|bind-source-addr|unixsocket|unixsocketperm|protected-mode)$|^tls-/, because: 'it would change how connections are encrypted' },
  { name: /^(user|aclfile|acl-pubsub-default|requirepass|masteruser|masterauth|rename-command)$|^enable-/, because: 'it would change who may do what' },
  { name: /^cluster-/, because: 'it would change how the cluster holds together' },
  { name: /^(dir|save|dbfilename|stop-writes-on-bgsave-error)$|^(append|aof-|auto-aof|no-appendfsync)/, because: 'it would change what survives a crash' },
  { name: /^(maxmemory|maxmemory-policy|replica-ignore-maxmemory)$/, because: 'the size and the profile of the cluster set what is evicted' },
  { name: /^(min-replicas-|min-slaves-|replicaof$|slaveof$|replica-announce-|replica-serve-stale-data$|replica-read-only$)/, because: 'it would change what a confirmed write means' },
  { name: /^(include|loadmodule)$/, because: 'it would bring in what nobody has looked at' },
  { name: /^(daemonize|logfile|pidfile|supervised|syslog-enabled|shutdown-on-)/, because: 'the Pod decides how Redis runs' },
]; // prettier-ignore

const DIRECTIVE = /^([a-z][a-z0-9-]*)\s+\S/;

/** A line of Redis' configuration that the program does not take. */
export interface RefusedLine {
  readonly line: string;
  readonly reason: string;
}

/** The lines of `text` that say something: without empty ones and comments. */
export function configurationLines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** The first of `lines` that may not be added to a node's configuration; `undefined` when all may. */
export function refusedLine(lines: readonly string[]): RefusedLine | undefined {
  return lines.map(refusal).find((refused) => refused !== undefined);
}

function refusal(line: string): RefusedLine | undefined {
  // Redis takes names in any letter case.
  const name = DIRECTIVE.exec(line.toLowerCase())?.[1];
  if (name === undefined) return { line, reason: 'it is no directive with a value, such as: slowlog-max-len 256' };
  const because = REFUSED.find((refused) => refused.name.test(name))?.because;
  return because === undefined ? undefined : { line, reason: because };
}
