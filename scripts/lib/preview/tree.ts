import type { Resource } from '../../../local/engine/index.ts';
import type { Paint } from './paint.ts';
import { shown } from './shown.ts';

interface Row {
  readonly mark: string;
  readonly type: string;
  readonly name: string;
  readonly plan: string;
}

/** The resources below their parents, as `pulumi preview` draws them; siblings by type and name. */
export function drawTree(resources: readonly Resource[], paint: Paint): string[] {
  const visible = shown(resources);
  const known = new Set(visible.map((resource) => resource.urn));
  const children = Map.groupBy(visible, (resource) => (known.has(resource.parent) ? resource.parent : ''));
  const rows = branch('', '', true, children);
  const typeWidth = Math.max('Type'.length, ...rows.map((row) => row.type.length));
  const nameWidth = Math.max('Name'.length, ...rows.map((row) => row.name.length));
  const head = `     ${'Type'.padEnd(typeWidth)}  ${'Name'.padEnd(nameWidth)}  Plan`;
  const lines = rows.map(({ mark, type, name, plan }) => {
    const start = paint('green', ` ${mark.padEnd(2)}`);
    return `${start}  ${type.padEnd(typeWidth)}  ${name.padEnd(nameWidth)}  ${paint('green', plan)}`;
  });
  return [paint('bold', head), ...lines];
}

function branch(urn: string, indent: string, top: boolean, children: ReadonlyMap<string, readonly Resource[]>): Row[] {
  const siblings = (children.get(urn) ?? []).toSorted(
    (one, other) => compare(one.type, other.type) || compare(one.name, other.name),
  );
  return siblings.flatMap((resource, index) => {
    const last = index === siblings.length - 1;
    const row = {
      mark: resource.external ? '>-' : '+',
      type: `${top ? '' : `${indent}${last ? '└─ ' : '├─ '}`}${resource.type}`,
      name: resource.name,
      plan: resource.external ? 'read' : 'create',
    };
    const below = top ? '' : `${indent}${last ? '   ' : '│  '}`;
    return [row, ...branch(resource.urn, below, false, children)];
  });
}

/** By code unit: the same order on every machine, whatever its language. */
function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
