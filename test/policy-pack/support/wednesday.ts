/** A day on which nothing is frozen, in the wedding season. */
export const WEDNESDAY = '2026-04-15T10:00:00Z';
