/** What a bench of metrics can be told. */
export const SETTINGS = {
  rounds: { value: 8, least: 1, most: 1000, says: 'rounds in which hits and scrapes take turns' },
  requests: { value: 20_000, least: 1000, most: 10_000_000, says: 'hits in a round' },
  connections: { value: 64, least: 1, most: 1000, says: 'connections kept open, each with one request at a time' },
  questions: { value: 500, least: 1, most: 100_000, says: "distinct questions, asked by Zipf's law" },
  rate: { value: 1000, least: 1, most: 100_000, says: 'hits a second of an engine between two scrapes' },
  interval: { value: 15, least: 1, most: 3600, says: 'seconds between two scrapes' },
  seed: { value: 1, least: 0, most: 2 ** 31 - 1, says: 'seed of the order of asking' },
} as const;
