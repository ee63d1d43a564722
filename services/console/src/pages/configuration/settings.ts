import type { Configuration } from '@wedsync/region-operator/wire';
import { count, shareAsSet } from '../../format.ts';

/** One of the engines' settings, as a person understands it. */
export interface Setting<Name extends keyof Configuration = keyof Configuration> {
  readonly name: Name;
  readonly title: string;
  readonly about: string;
  /** How it is changed. */
  readonly kind:
    | { readonly of: 'switch' }
    /** From 0 to 1; people read and write it in per cent. */
    | { readonly of: 'share' }
    | { readonly of: 'choice'; readonly choices: Readonly<Record<string, string>> }
    | {
        readonly of: 'number';
        readonly least: number;
        readonly most: number;
        readonly step: number;
        readonly unit: string;
      };
}

export const SETTINGS: readonly Setting[] = [
  {
    name: 'semantic',
    title: 'Other wordings',
    about: 'Whether a question may be answered by what was asked in other words.',
    kind: { of: 'switch' },
  },
  {
    name: 'judging',
    title: 'When the judge decides',
    about: 'At once lets callers wait for it; in the background, whoever asks next benefits.',
    kind: { of: 'choice', choices: { 'at-once': 'at once', 'in-background': 'in the background' } },
  },
  {
    name: 'judgePatience',
    title: 'Patience with the judge',
    about: 'How long a caller waits for it at most.',
    kind: { of: 'number', least: 0, most: 30_000, step: 50, unit: 'ms' },
  },
  {
    name: 'sampleRate',
    title: 'Hits that are judged again',
    about: 'The share of hits by another wording by which wrong ones are found.',
    kind: { of: 'share' },
  },
  {
    name: 'sharing',
    title: 'Sharing between vendors',
    about: 'Whether vendors share answers that are about nobody in particular.',
    kind: { of: 'switch' },
  },
  {
    name: 'sharingVendors',
    title: 'Vendors before sharing',
    about: 'How many vendors must have asked the same before an answer is shared.',
    kind: { of: 'number', least: 2, most: 1000, step: 1, unit: 'vendors' },
  },
];

/** A setting's value in words. */
export function describe({ kind }: Setting, value: Configuration[keyof Configuration]): string {
  if (kind.of === 'switch') return value === true ? 'on' : 'off';
  if (kind.of === 'choice') return kind.choices[String(value)] ?? String(value);
  if (kind.of === 'share') return shareAsSet(Number(value));
  return `${count(Number(value))} ${kind.unit}`;
}
