import type { Explanation, Held } from '../engine/explanation.ts';
import type { Provenance } from '../engine/alias.ts';
import { iso } from './dates.ts';

/** An explanation as the API shows it: instants in ISO 8601. */
export function describeExplanation({ candidates, ...explained }: Explanation) {
  const { outcome, key, frame, canonicalText, otherWordings, sharing, floor } = explained;
  return {
    ...{ outcome, bypass: null, key, frame, canonicalText, otherWordings, sharing, floor },
    hot: describeHeld(explained.hot),
    warm: describeHeld(explained.warm),
    shared: explained.shared && describeHeld(explained.shared),
    candidates: candidates.map(({ id, text, similarity, outcome, conflict }) => ({
      ...{ key: id, question: text, similarity, outcome },
      conflict: conflict === undefined ? null : { slot: conflict.slot, stored: conflict.a, asked: conflict.b },
    })),
  };
}

/** The explanation of a request that the cache hands on because of one of its members. */
export function describeBypass(member: string) {
  const absent = { state: 'absent' } as const;
  return {
    ...{
      outcome: 'bypass' as const,
      bypass: member,
      key: null,
      frame: null,
      canonicalText: null,
      otherWordings: false,
    },
    sharing: { shareable: false, reason: null, key: null },
    ...{ hot: absent, warm: absent, shared: null, floor: null, candidates: [] },
  };
}

/** Why a question is taken to ask the same as another, as the API shows it. */
export function describeProvenance({ by, similarity, at }: Provenance) {
  return { by, similarity, at: iso(at) };
}

function describeHeld(held: Held) {
  switch (held.state) {
    case 'answer': {
      const { bornAt, freshUntil, staleUntil, goneAt } = held.lifetime;
      const lifetime = {
        ...{ bornAt: iso(bornAt), freshUntil: iso(freshUntil) },
        ...{ staleUntil: iso(staleUntil), goneAt: iso(goneAt) },
      };
      return { state: held.state, lifetime, fresh: held.fresh };
    }
    case 'alias':
      return { state: held.state, target: held.target, provenance: describeProvenance(held.provenance) };
    case 'absent':
    case 'away':
    case 'unreadable':
    case 'in-cold-tier':
      return { state: held.state };
  }
}
