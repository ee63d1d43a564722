/** The shapes of requests and answers: types, validation and the OpenAPI document come from them alike. */
export * from './schemas/administration.ts';
export * from './schemas/asking.ts';
export * from './schemas/entries.ts';
export * from './schemas/explanation.ts';
export * from './schemas/facts.ts';
export * from './schemas/invalidation.ts';
export * from './schemas/keys.ts';
export * from './schemas/operations.ts';
export * from './schemas/problem.ts';
export * from './schemas/statistics.ts';
export { WEDDING_DATE_ALLOWED } from './schemas/texts.ts';
