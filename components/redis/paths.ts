/** Where the files of a Redis container lie. */
export const PATHS = {
  data: '/data',
  configuration: '/etc/redis/conf',
  tls: '/etc/redis/tls',
  auth: '/etc/redis/auth',
  scripts: '/etc/redis/scripts',
} as const;

export const FILES = {
  configuration: 'redis.conf',
  acl: 'users.acl',
  replication: 'replication.conf',
  nodes: 'nodes.conf',
  keeper: 'keep-cluster.sh',
  start: 'start-node.sh',
} as const;
