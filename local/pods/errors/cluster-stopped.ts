/** The cluster was stopped while something still waited for it. */
export class ClusterStoppedError extends Error {
  readonly code = 'CLUSTER_STOPPED';
  override readonly name = 'ClusterStoppedError';

  constructor() {
    super('The cluster was stopped.');
  }
}
