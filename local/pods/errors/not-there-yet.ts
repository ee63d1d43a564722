/** Something a Pod refers to does not exist yet; the Pod waits for it, as the kubelet does. */
export class NotThereYetError extends Error {
  readonly code = 'NOT_THERE_YET';
  override readonly name = 'NotThereYetError';

  /** @param what e.g. `Secret shop/redis-tls` */
  constructor(what: string) {
    super(`waits for ${what}, which does not exist yet`);
  }
}
