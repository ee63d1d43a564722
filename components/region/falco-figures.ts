import { ENGINE_SECRETS_DIRECTORY } from '../cache-service/engine-pod.ts';
import { PATHS } from '../redis/paths.ts';
import { BUS_PORT, REDIS_PORT } from '../redis/topology.ts';
import type { FalcoFigures } from '../security/falco/rules.ts';
import type { Flow } from '../security/flows.ts';
import { NAMESPACES, PLACES } from './places.ts';

/** What Falco needs to know of the region: where its containers are, and what they do when all is well. */
export function falcoFigures(flows: readonly Flow[]): FalcoFigures {
  return {
    redis: {
      namespace: NAMESPACES.redis,
      container: 'redis',
      dataPath: PATHS.data,
      scriptsPath: PATHS.scripts,
      ports: [REDIS_PORT, BUS_PORT],
    },
    engine: {
      namespace: NAMESPACES.cache,
      container: PLACES.engine.name,
      secretsPath: ENGINE_SECRETS_DIRECTORY,
      ports: flows
        .filter(({ from }) => from.kind === 'pods' && from.place === PLACES.engine)
        .flatMap(({ ports }) => ports),
    },
  };
}
