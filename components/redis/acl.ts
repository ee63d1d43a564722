import { createHash } from 'node:crypto';

/** A Redis user and all that it may do. */
export interface RedisUser {
  readonly name: string;
  /** Patterns of the keys that it may touch; none for a user that touches no data. */
  readonly keys?: readonly string[];
  /** Patterns of the pub/sub channels that it may use; none for a user that uses none. */
  readonly channels?: readonly string[];
  /** Commands that it may call, as in `+get`, `+cluster|slots`. */
  readonly commands: readonly string[];
}

/** Asks how a node is; a starting node asks its peer whether it may be master. */
export const PROBE_USER: RedisUser = { name: 'probe', commands: ['+ping', '+info'] };
/** Copies a master, as its replicas log in there. */
export const REPLICA_USER: RedisUser = { name: 'replica', commands: ['+psync', '+replconf', '+ping'] };
/** Forms and heals the cluster: no data, no configuration. */
export const OPERATOR_USER: RedisUser = { name: 'operator', commands: ['+ping', '+cluster'] };

/** Has a master's replica take over before the master ends. */
export const HANDOVER_USER: RedisUser = { name: 'handover', commands: ['+info', '+cluster|failover'] };
/** Moves slots with what is in them; MIGRATE reads at the one end and writes at the other. */
export const RESHARD_USER: RedisUser = {
  name: 'reshard',
  keys: ['*'],
  commands: ['+ping', '+cluster', '+migrate', '+restore-asking', '+select'],
};
/** Reads figures for Prometheus: no keys, no commands of others (so no SLOWLOG GET), no configuration. */
export const EXPORTER_USER: RedisUser = {
  name: 'exporter',
  commands: [
    '+ping',
    '+info',
    '+client|setname',
    '+cluster|info',
    '+slowlog|len',
    '+latency|latest',
    '+latency|histogram',
  ],
};

/** Takes snapshots as a replica would, after a look at who has which slots; SYNC shows it all data, and it can change none. */
export const BACKUP_USER: RedisUser = {
  name: 'backup',
  commands: ['+sync', '+replconf', '+info', '+cluster|nodes', '+cluster|info'],
};
/** Brings a backup's keys in, as MIGRATE does from another Redis; it can read none. */
export const RESTORE_USER: RedisUser = {
  name: 'restore',
  keys: ['*'],
  commands: ['+restore', '+select', '+info', '+cluster|nodes', '+cluster|info'],
};

/** Users that every cluster needs, whatever it stores. */
export const SYSTEM_USERS = [
  PROBE_USER,
  REPLICA_USER,
  OPERATOR_USER,
  HANDOVER_USER,
  RESHARD_USER,
  EXPORTER_USER,
  BACKUP_USER,
  RESTORE_USER,
] as const;

/**
 * Nobody can log in as the default user: it is off and has no password that could be right. It still has all permissions, because
 * Redis 7.0 replays the append-only file as this user and would silently drop every transaction and script
 * that it may not run (redis/redis#14541).
 */
const DEFAULT_USER = 'user default off resetpass ~* &* +@all';

/** The ACL file for `users`; passwords by user name, of which only the SHA-256 is written. */
export function aclFile(users: readonly RedisUser[], passwords: Readonly<Record<string, string>>): string {
  const lines = users.map(({ name, keys = [], channels = [], commands }) => {
    const password = passwords[name];
    if (password === undefined) throw new Error(`Redis user ${name} has no password.`);
    const hash = createHash('sha256').update(password).digest('hex');
    const reach = [...keys.map((key) => `~${key}`), ...channels.map((channel) => `&${channel}`)];
    return [`user ${name} on #${hash}`, 'resetchannels', '-@all', ...reach, ...commands].join(' ');
  });
  return [DEFAULT_USER, ...lines, ''].join('\n');
}

/** The part of the configuration with which a replica logs in at its master; it holds a password and lies in a Secret. */
export function replicationConfiguration(passwords: Readonly<Record<string, string>>): string {
  return `masteruser ${REPLICA_USER.name}\nmasterauth ${JSON.stringify(passwords[REPLICA_USER.name])}\n`;
}
