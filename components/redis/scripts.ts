import { readFileSync } from 'node:fs';

const read = (file: string) => readFileSync(new URL(`./scripts/${file}`, import.meta.url), 'utf8');

/** The script that forms and mends a cluster; its head says what it needs. */
export const KEEP_CLUSTER = read('keep-cluster.sh');
/** The script that starts a node; its head says what it needs. */
export const START_NODE = read('start-node.sh');
