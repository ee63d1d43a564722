import { readFileSync } from 'node:fs';

/** The script that forms and mends a cluster; its head says what it needs. */
export const KEEP_CLUSTER = readFileSync(new URL('./scripts/keep-cluster.sh', import.meta.url), 'utf8');
