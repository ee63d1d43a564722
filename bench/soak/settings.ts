/** What a soak can be told. The shares are those of all requests; what is left is hits of known questions. */
export const SETTINGS = {
  minutes: { value: 30, least: 0.2, most: 10_000, decimals: true, says: 'how long it goes on' },
  rate: { value: 2800, least: 1, most: 100_000, says: 'requests a second, sent on time whatever the answers do' },
  connections: { value: 256, least: 1, most: 10_000, says: 'connections kept open' },
  questions: { value: 6000, least: 100, most: 100_000, says: "questions known before, asked by Zipf's law" },
  'hot-mib': { value: 8, least: 1, most: 65_536, says: 'MiB of the hot tier: what it cannot hold is warm' },
  'provider-ms': { value: 5, least: 0, most: 60_000, says: 'milliseconds that the provider takes' },
  streams: { value: 0.05, least: 0, most: 1, decimals: true, says: 'share asked as a stream' },
  misses: { value: 0.005, least: 0, most: 1, decimals: true, says: 'share that nobody has asked before' },
  paraphrases: {
    value: 0.005,
    least: 0,
    most: 1,
    decimals: true,
    says: 'share that asks a known question in other words',
  },
  seed: { value: 1, least: 0, most: 2 ** 31 - 1, says: 'seed of what is asked when' },
} as const;
