/**
 * How many different vendors have asked a question that may be shared. Kept apart from the answers, as digests that tell
 * neither vendor nor question.
 */
export interface Sightings {
  /** Notes that `vendor` (a partition) asked the question with this digest; how many different vendors have, it included. */
  seen(question: string, vendor: string): Promise<number>;
}
