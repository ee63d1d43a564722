/** Redis did not answer, or did not confirm, within the time that it had. */
export class RedisUnavailable extends Error {
  constructor(message = 'Redis did not answer in time.') {
    super(message);
    this.name = 'RedisUnavailable';
  }
}
