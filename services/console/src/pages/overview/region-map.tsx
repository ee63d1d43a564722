import type { RedisNode, RegionFigures } from '@wedsync/region-operator/wire';
import { count, percent, rateOf } from '../../format.ts';
import { Panel } from '../../parts/panel.tsx';
import { State, type StateKind } from '../../parts/state.tsx';
import { clustersOf, type RedisCluster, type Shard } from './shards.ts';

const BREAKERS: Readonly<Record<string, readonly [StateKind, string]>> = {
  closed: ['well', 'called'],
  'half-open': ['look', 'tried again'],
  open: ['act', 'not called'],
};

/** Who asks whom in the region, how much now, and where it hurts: from the vendors to the model. */
export function RegionMap({ figures }: { readonly figures: RegionFigures }) {
  const { engines, requestsPerSecond, redis, sources, originCalls, breakers } = figures;
  const hot = sources.find(({ source }) => source === 'hot');
  const warm = sources.find(({ source }) => source === 'warm');
  const calls = originCalls.reduce((sum, { perSecond: rate }) => sum + rate, 0);
  return (
    <Panel title="Region map" about="Who asks whom, from the vendors to the model" wide>
      <ol class="map">
        <li>
          <h3>Vendors</h3>
          <p>{rateOf(requestsPerSecond, 'request', 'requests')}</p>
        </li>
        <li>
          <h3>Engines</h3>
          <p>
            {count(engines.running)} running
            {hot?.share != null && `, ${percent(hot.share, 0)} from their memory`}
          </p>
          <State kind={engineState(engines)}>
            {engines.withoutRedis === 0 ? 'reach Redis' : `${count(engines.withoutRedis)} without Redis`}
          </State>
        </li>
        <li>
          <h3>Redis</h3>
          <p>{rateOf(warm?.perSecond, 'answer', 'answers')}</p>
          {clustersOf(redis).map((cluster) => (
            <Cluster key={cluster.name} cluster={cluster} />
          ))}
        </li>
        <li>
          <h3>Origin</h3>
          <p>{rateOf(calls, 'call', 'calls')}</p>
          {breakers.map(({ route, state }) => {
            const [kind, word] = BREAKERS[state] ?? (['unknown', state] as const);
            return <State key={route} kind={kind}>{`${route}: ${word}`}</State>;
          })}
        </li>
      </ol>
    </Panel>
  );
}

function engineState({ running, withoutRedis }: RegionFigures['engines']): StateKind {
  if (running === 0) return 'act';
  return withoutRedis === 0 ? 'well' : 'look';
}

function Cluster({ cluster: { name, shards } }: { readonly cluster: RedisCluster }) {
  return (
    <>
      <h4>{name}</h4>
      <ul class="shards">
        {shards.map((shard) => (
          <ShardOf key={shard.name} shard={shard} />
        ))}
      </ul>
    </>
  );
}

function ShardOf({ shard: { nodes } }: { readonly shard: Shard }) {
  return (
    <li>
      {nodes.map((node) => (
        <State key={node.name} kind={nodeState(node)}>
          {wordOf(node)}
        </State>
      ))}
    </li>
  );
}

function nodeState({ up, clusterOk }: RedisNode): StateKind {
  if (!up) return 'act';
  return clusterOk === false ? 'look' : 'well';
}

/** Redis itself still says `slave`. */
function wordOf({ up, role }: RedisNode): string {
  if (!up) return 'down';
  return role === 'slave' ? 'replica' : (role ?? 'node');
}
