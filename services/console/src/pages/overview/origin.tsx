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

/** What goes well first; what nobody knows here last. */
function inOrder(calls: RegionFigures['originCalls']): RegionFigures['originCalls'] {
  const known = Object.keys(OUTCOMES);
  const place = (outcome: string) => (known.includes(outcome) ? known.indexOf(outcome) : known.length);
  return [...calls].sort((one, other) => place(one.outcome) - place(other.outcome));
}

/** The AI provider: how often it is called, and whether it still is. */
export function Origin({ figures: { originCalls, breakers } }: { readonly figures: RegionFigures }) {
  return (
    <Panel title="Origin" about="Calls to the AI provider, a second" wide>
      <dl class="figures small">
        {inOrder(originCalls).map(({ outcome, perSecond: rate }) => (
          <Figure key={outcome} name={OUTCOMES[outcome] ?? outcome} value={perSecond(rate)} />
        ))}
      </dl>
      {originCalls.length === 0 && <p>No engine tells of calls.</p>}
      {breakers.length > 0 && (
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
      )}
    </Panel>
  );
}
