import type { RedisNode } from '@wedsync/region-operator/wire';
import { bytes, count, NOTHING, percent } from '../../format.ts';
import { Panel } from '../../parts/panel.tsx';
import { State } from '../../parts/state.tsx';
import { Table } from '../../parts/table.tsx';

/** In the field's words; Redis itself still says `slave`. */
const ROLES: Readonly<Record<string, string>> = { master: 'master', slave: 'replica' };

/** Redis' nodes, as their exporters tell Prometheus. */
export function RedisNodes({ nodes }: { readonly nodes: readonly RedisNode[] }) {
  if (nodes.length === 0) return null;
  return (
    <Panel title="Redis nodes" wide>
      <Table
        caption="Redis nodes"
        columns={['Node', 'State', 'Role', 'Memory', 'Of its limit', 'Clients']}
        rows={nodes.map(({ name, up, role, clusterOk, memoryBytes, memoryLimitBytes, clients }) => [
          <span class="unbroken">{name}</span>,
          <State kind={up ? (clusterOk === false ? 'look' : 'well') : 'act'}>
            {up ? (clusterOk === false ? 'cluster incomplete' : 'up') : 'down'}
          </State>,
          role === null ? NOTHING : (ROLES[role] ?? role),
          bytes(memoryBytes),
          memoryBytes === null || !memoryLimitBytes ? NOTHING : percent(memoryBytes / memoryLimitBytes, 0),
          count(clients),
        ])}
      />
    </Panel>
  );
}
