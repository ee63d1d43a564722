/** What a peers bench can be told. */
export const SETTINGS = {
  rounds: { value: 5, least: 1, most: 1000, says: 'rounds in which the engine and LiteLLM take turns' },
  requests: {
    value: 1000,
    least: 100,
    most: 1_000_000,
    says: 'requests of LiteLLM in a round; the engine gets 30 times as many',
  },
  questions: { value: 200, least: 1, most: 10_000, says: 'distinct questions, all asked before' },
  connections: {
    value: 64,
    least: 1,
    most: 1000,
    says: "connections of the engine's load; LiteLLM gets those that suit it best",
  },
  seed: { value: 1, least: 0, most: 2 ** 31 - 1, says: 'seed of the order of asking' },
} as const;
