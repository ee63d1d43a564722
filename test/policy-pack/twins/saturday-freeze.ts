/** Two previews that differ in the instant as of which they are asked for. */
export interface FreezeTwin {
  readonly title: string;
  readonly stack: string;
  readonly violating: string;
  readonly mended: string;
  readonly says: string;
}

export const saturdayFreezeTwins: readonly FreezeTwin[] = [
  {
    title: 'a change in London on Friday at 23:30 UTC in summer',
    stack: 'uk-south',
    violating: '2026-04-17T23:30:00Z',
    mended: '2026-04-17T22:30:00Z',
    says: 'Saturday 18 April 2026 00:30 BST',
  },
  {
    title: 'a change in Manchester on Saturday at 23:30 UTC in winter',
    stack: 'uk-west',
    violating: '2026-01-17T23:30:00Z',
    mended: '2026-01-18T00:00:00Z',
    says: 'Saturday 17 January 2026 23:30 GMT',
  },
  {
    title: 'a change in Dublin on Friday at 23:30 UTC in summer',
    stack: 'eu-west',
    violating: '2026-07-03T23:30:00Z',
    mended: '2026-07-04T23:00:00Z',
    says: 'It is Saturday in Dublin',
  },
  {
    title: 'a change of a stack that is no region, by the calendar of London',
    stack: 'playground',
    violating: '2026-04-18T00:30:00+01:00',
    mended: '2026-04-17T23:30:00+01:00',
    says: 'It is Saturday in London',
  },
  {
    title: 'an instant without an offset, by the wall clock of the region',
    stack: 'uk-south',
    violating: '2026-04-18T00:00',
    mended: '2026-04-17T23:59',
    says: 'until then nothing may change',
  },
  {
    title: 'an instant that is none',
    stack: 'uk-south',
    violating: 'Saturday',
    mended: '2026-04-16T12:00',
    says: 'WEDSYNC_AT is "Saturday"',
  },
];
