import { HTTP_PORT } from '@wedsync/cache-engine/contract';
import { engineSelector } from '../cache-service/plan.ts';
import { OPERATOR_PORT, operatorSelector } from '../console/plan.ts';
import { METRICS_PORT } from '../redis/exporter.ts';
import { BUS_PORT, REDIS_PORT } from '../redis/topology.ts';
import { type Flow, type Peer, pods } from '../security/flows.ts';
import { selectorLabels } from '../shared/labels.ts';
import type { Place } from '../shared/service-names.ts';
import type { RegionPlaces } from './places.ts';

const HTTPS_PORT = 443;
const HTTP_PORT_OUTSIDE = 80;

/**
 * Every connection that the region needs, and no other. `outside`: the URLs outside the cluster that the engine calls;
 * `monitoringNamespace`: where the Prometheus is that reads metrics, if there is one; `prometheusUrl`: where the console asks it, if there is a console.
 */
export function regionFlows(
  places: RegionPlaces,
  gatewayNamespace: string,
  outside: readonly string[],
  monitoringNamespace?: string,
  prometheusUrl?: string,
): Flow[] {
  const engine = pods(places.engine, engineSelector(places.engine.name));
  const read = (to: Peer, port: number): Flow[] =>
    monitoringNamespace === undefined
      ? []
      : [{ from: { kind: 'namespace', namespace: monitoringNamespace }, to, ports: [port] }];
  return [
    { from: { kind: 'namespace', namespace: gatewayNamespace }, to: engine, ports: [HTTP_PORT] },
    ...read(engine, HTTP_PORT),
    ...[places.cache, places.queue].flatMap((place): Flow[] => {
      const nodes = redisNodes(place);
      return [
        { from: engine, to: nodes, ports: [REDIS_PORT] },
        { from: nodes, to: nodes, ports: [REDIS_PORT, BUS_PORT] },
        { from: keeper(place), to: nodes, ports: [REDIS_PORT] },
        { from: backup(place), to: nodes, ports: [REDIS_PORT] },
        ...read(nodes, METRICS_PORT),
      ];
    }),
    ...(monitoringNamespace === undefined || prometheusUrl === undefined
      ? []
      : consoleFlows(places, gatewayNamespace, monitoringNamespace, prometheusUrl)),
    ...(outside.length === 0
      ? []
      : [{ from: engine, to: { kind: 'internet' as const }, ports: [...new Set(outside.map(portOf))] }]),
  ];
}

/** People come in through the gateway, Prometheus reads the operator's metrics, and the operator asks Prometheus and the engine. */
function consoleFlows(places: RegionPlaces, gateway: string, monitoring: string, prometheusUrl: string): Flow[] {
  const operator = pods(places.operator, operatorSelector(places.operator.name));
  const engine = pods(places.engine, engineSelector(places.engine.name));
  return [
    ...[gateway, monitoring].map((namespace): Flow => ({
      from: { kind: 'namespace', namespace },
      to: operator,
      ports: [OPERATOR_PORT],
    })),
    { from: operator, to: { kind: 'namespace', namespace: monitoring }, ports: [portOf(prometheusUrl)] },
    { from: operator, to: engine, ports: [HTTP_PORT] },
  ];
}

function redisNodes(place: Place) {
  return pods(place, selectorLabels('redis', place.name));
}

function keeper(place: Place) {
  return pods({ ...place, name: `${place.name}-keeper` }, selectorLabels('redis-keeper', place.name));
}

/** What backs the cluster up, or brings a backup back. */
function backup(place: Place) {
  return pods({ ...place, name: `${place.name}-backup` }, selectorLabels('redis-backup', place.name));
}

function portOf(url: string): number {
  const { port, protocol } = new URL(url);
  return Number(port) || (protocol === 'http:' ? HTTP_PORT_OUTSIDE : HTTPS_PORT);
}
