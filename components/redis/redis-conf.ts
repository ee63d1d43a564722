import { FILES, PATHS } from './paths.ts';
import type { RedisProfile } from './profiles.ts';
import type { NodeSize } from './sizing.ts';
import { REDIS_PORT } from './topology.ts';

/** A master that is silent for this long is replaced by its replica. Clients ride over one to two seconds without an error. */
const NODE_TIMEOUT_MS = 2000;

/** The configuration file of every node of a cluster; `extra` are lines that stand at its end. */
export function redisConf(profile: RedisProfile, size: NodeSize, extra: readonly string[] = []): string {
  return `# TLS 1.3 for clients, replication and the cluster bus; no plaintext port.
port 0
tls-port ${REDIS_PORT}
tls-cert-file ${PATHS.tls}/tls.crt
tls-key-file ${PATHS.tls}/tls.key
tls-ca-cert-file ${PATHS.tls}/ca.crt
tls-protocols "TLSv1.3"
tls-auth-clients optional
tls-replication yes
tls-cluster yes

# Users; clients log in by password, nodes of the bus by their certificate.
aclfile ${PATHS.auth}/${FILES.acl}
include ${PATHS.auth}/${FILES.replication}

cluster-enabled yes
cluster-config-file ${PATHS.data}/${FILES.view}
cluster-node-timeout ${NODE_TIMEOUT_MS}
cluster-preferred-endpoint-type hostname
# One shard without a master must not stop the other two, nor reads from its replica.
cluster-require-full-coverage no
cluster-allow-reads-when-down yes
# A replica stays with its master: the pair was placed on two machines (and zones) on purpose.
cluster-allow-replica-migration no

dir ${PATHS.data}
appendonly yes
appendfsync everysec
# Replicas must not wait 5 s to join a sync after a failover.
repl-diskless-sync-delay 0
# CLUSTER SLOTS names a replica only once replication has moved; a ping every 10 s would hide it for as long.
repl-ping-replica-period 1
min-replicas-to-write ${profile.minimumReplicasToWrite}
min-replicas-max-lag 10

maxmemory ${size.maxmemoryMiB}mb
maxmemory-policy ${profile.maxmemoryPolicy}
lazyfree-lazy-eviction yes
lazyfree-lazy-expire yes

daemonize no
logfile ""
${extra.length === 0 ? '' : ['', '# Added by the stack.', ...extra, ''].join('\n')}`;
}
