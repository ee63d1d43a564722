import type { RegionFigures } from '@wedsync/region-operator/wire';
import { perSecond } from '../../format.ts';
import { Figure } from '../../parts/figure.tsx';
import { Panel } from '../../parts/panel.tsx';
import { State, type StateKind } from '../../parts/state.tsx';

const OUTCOMES: Readonly<Record<string, string>> = { ok: 'Answered', error: 'Failed', timeout: 'Too late' };

const BREAKERS: Readonly<Record<string, readonly [StateKind, string]>> = {
  closed: ['well', 'closed: calls go through'],
  'half-open': ['look', 'half open: one call tries whether it answers again'],
  open: ['act', 'open: it is not called for now'],
};

/** The AI provider: how often it is called, and whether it still is. */
export function Origin({ figures: { originCalls, breakers } }: { readonly figures: RegionFigures }) {
  return (
    <Panel title="Origin" about="Calls to the AI provider, a second">
      <dl class="figures small">
        {originCalls.map(({ outcome, perSecond: rate }) => (
          <Figure key={outcome} name={OUTCOMES[outcome] ?? outcome} value={perSecond(rate)} />
        ))}
      </dl>
      {originCalls.length === 0 && <p>No engine tells of calls.</p>}
      <ul class="plain">
        {breakers.map(({ route, state }) => {
          const [kind, words] = BREAKERS[state] ?? (['unknown', state] as const);
          return (
            <li key={route}>
              Circuit breaker of {route}: <State kind={kind}>{words}</State>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
