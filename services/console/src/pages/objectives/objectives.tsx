import type { ObjectiveFigures } from '@wedsync/region-operator/wire';
import { percent } from '../../format.ts';
import { OBJECTIVES } from '../../names.ts';
import { Notice } from '../../parts/notice.tsx';
import { Panel } from '../../parts/panel.tsx';
import { State, type StateKind } from '../../parts/state.tsx';
import { WithFigures } from '../figures.tsx';
import { Heading } from '../heading.tsx';

/** What is promised, and how much of what may go wrong has gone wrong. */
export function ObjectivesPage() {
  return (
    <>
      <Heading>Objectives</Heading>
      <WithFigures show={({ objectives }) => <Objectives objectives={objectives} />} />
    </>
  );
}

function Objectives({ objectives }: { readonly objectives: readonly ObjectiveFigures[] }) {
  if (objectives.length === 0)
    return <Notice>Prometheus knows no objectives: the region’s rules are not loaded there.</Notice>;
  return (
    <div class="panels">
      {presentFirst(objectives).map((objective) => (
        <ObjectivePanel key={objective.name} objective={objective} />
      ))}
    </div>
  );
}

/** What is promised at present before what is not. */
function presentFirst(objectives: readonly ObjectiveFigures[]): ObjectiveFigures[] {
  return [...objectives].sort((one, other) => Number(one.promised === false) - Number(other.promised === false));
}

function ObjectivePanel({ objective }: { readonly objective: ObjectiveFigures }) {
  const { name, promise, target, errorRatio, budgetLeft, promised } = objective;
  const [kind, words] = budgetState(budgetLeft, promised);
  // Another digit than the promise has: 99.95 % kept at 99.951 % is a matter of the third.
  const digits = Math.max(2, String(target * 100).split('.')[1]?.length ?? 0) + 1;
  return (
    <Panel title={OBJECTIVES[name] ?? name.replaceAll('-', ' ')} about={promise}>
      <p>
        <State kind={kind}>{words}</State>
      </p>
      {budgetLeft !== null && (
        <label class="budget">
          <span>
            {budgetLeft < 0
              ? `Error budget overdrawn by ${percent(-budgetLeft, 0)}`
              : `Error budget left: ${percent(budgetLeft, 0)}`}
          </span>
          <meter min={0} max={1} low={0.25} high={0.5} optimum={1} value={Math.max(0, budgetLeft)} />
        </label>
      )}
      <dl class="facts">
        <dt>Promised</dt>
        <dd>{percent(target, digits - 1)}</dd>
        <dt>Kept, 30 days</dt>
        <dd>{errorRatio === null ? 'nothing was asked while promised' : percent(1 - errorRatio, digits)}</dd>
        {promised !== null && (
          <>
            <dt>Now</dt>
            <dd>{promised ? 'promised' : 'not promised'}</dd>
          </>
        )}
      </dl>
    </Panel>
  );
}

/** A quarter that is left is used up by one bad day. */
const LOW = 0.25;

function budgetState(left: number | null, promised: boolean | null): readonly [StateKind, string] {
  if (left === null) return ['unknown', promised === false ? 'Not promised at present' : 'Not measured yet'];
  if (left < 0) return ['act', 'Broken'];
  return left < LOW ? ['look', 'Kept, with little to spare'] : ['well', 'Kept'];
}
