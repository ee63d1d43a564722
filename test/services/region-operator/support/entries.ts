import type { Entry, KeyDescription } from '../../../../services/region-operator/src/wire.ts';

export const SMITH: KeyDescription = {
  keyId: 'key-1',
  vendorId: 'smith',
  vendorType: 'photographer',
  label: 'shop',
  createdAt: '2026-08-01T09:00:00.000Z',
};

/** A key as the engine's look: what is under `number` stays in its place. */
export function keyOf(number: number): string {
  return `${'v'.repeat(22)}:${String(number).padStart(43, '0')}`;
}

/** An answer of a vendor. */
export function entryOf(number: number, question: string, changes: Partial<Entry> = {}): Entry {
  return {
    key: keyOf(number),
    frame: 'f'.repeat(22),
    kind: 'answer',
    question,
    vendorType: 'photographer',
    model: 'wedsync-planning',
    weddingDate: '2026-08-15',
    bornAt: '2026-08-12T09:00:00.000Z',
    expiresAt: '2026-08-12T15:00:00.000Z',
    alias: null,
    ...changes,
  };
}
