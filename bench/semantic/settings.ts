/** What a semantic bench can be told. */
export const SETTINGS = {
  rounds: { value: 7, least: 1, most: 10, says: 'rounds in which both take turns' },
  requests: { value: 500, least: 100, most: 1000, says: 'new wordings for each in a round; no wording is asked twice' },
  connections: {
    value: 16,
    least: 1,
    most: 64,
    says: 'wordings under way at a time: more than 64 would not wait for the model, but go on without it',
  },
  questions: { value: 600, least: 200, most: 1000, says: 'questions that are stored in the frame' },
  seed: { value: 1, least: 0, most: 2 ** 31 - 1, says: 'seed of the order of asking' },
} as const;
