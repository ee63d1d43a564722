/** Which Pods stay, and which wait or go, when there is not room for all; far enough apart for others between them. */
export const PRIORITY_CLASSES = [
  {
    name: 'wedsync-wedding-day',
    value: 1_000_000,
    preemptionPolicy: 'PreemptLowerPriority',
    description: 'What no wedding day can do without: Redis, and what keeps it together and backs it up',
  },
  {
    name: 'wedsync-serving',
    value: 900_000,
    preemptionPolicy: 'PreemptLowerPriority',
    description: 'What answers requests; of its many Pods one can wait',
  },
  {
    name: 'wedsync-batch',
    value: 100_000,
    // It takes nobody's place, and gives up its own.
    preemptionPolicy: 'Never',
    description: 'What can be done later: copies of what is kept already, checks',
  },
] as const;

export type PriorityClassName = (typeof PRIORITY_CLASSES)[number]['name'];

/** The priority class of a part of the region. */
export const PRIORITY = {
  redis: 'wedsync-wedding-day',
  keeper: 'wedsync-wedding-day',
  engine: 'wedsync-serving',
  operator: 'wedsync-serving',
} as const satisfies Record<string, PriorityClassName>;
