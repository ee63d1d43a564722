/** Something that happened to a Pod or workload, in words. */
export interface PodEvent {
  readonly at: Date;
  readonly kind:
    | 'started'
    | 'ready'
    | 'not-ready'
    | 'exited'
    | 'probe-failed'
    | 'waiting'
    | 'stopped'
    | 'completed'
    | 'failed'
    | 'swept'
    | 'network'
    | 'certificate';
  readonly namespace: string;
  /** The Pod, Job, Service or Certificate. */
  readonly name: string;
  readonly message: string;
}
