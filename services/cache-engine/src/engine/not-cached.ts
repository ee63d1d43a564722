/** The caller wanted a cached answer or none, and there is none. */
export class NotCached extends Error {
  constructor() {
    super('There is no cached answer, and the request asks for no other.');
    this.name = 'NotCached';
  }
}
