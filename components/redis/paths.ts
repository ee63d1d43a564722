/** Where the files of a Redis container lie. */
export const PATHS = {
  data: '/data',
  configuration: '/etc/redis/conf',
  tls: '/etc/redis/tls',
  auth: '/etc/redis/auth',
  scripts: '/etc/redis/scripts',
  backups: '/backups',
  scratch: '/scratch',
} as const;

export const FILES = {
  configuration: 'redis.conf',
  acl: 'users.acl',
  replication: 'replication.conf',
  view: 'nodes.conf',
  start: 'start-node.sh',
  stop: 'stop-node.sh',
  nodes: 'nodes.sh',
  keeper: 'keep-cluster.sh',
  mover: 'move-slots.sh',
  backups: 'backups.sh',
  backup: 'back-up.sh',
  restore: 'restore.sh',
} as const;
