/** What a warm bench can be told. */
export const SETTINGS = {
  rounds: { value: 10, least: 1, most: 1000, says: 'rounds in which all take turns' },
  requests: { value: 20_000, least: 1000, most: 10_000_000, says: 'requests of each in a round' },
  connections: { value: 64, least: 1, most: 1000, says: 'connections kept open, each with one request at a time' },
  questions: {
    value: 4000,
    least: 2000,
    most: 8000,
    says: 'distinct questions, asked in turn; a hot tier of 1 MiB holds some hundreds',
  },
  seed: { value: 1, least: 0, most: 2 ** 31 - 1, says: 'seed of the order of asking' },
} as const;
