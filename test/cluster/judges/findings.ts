/** What a judge of manifests objects to. */
export interface Finding {
  readonly judge: 'kubeconform' | 'kube-score' | 'checkov' | 'gator';
  /** The judge's own name for the check. */
  readonly check: string;
  /** `StatefulSet/wedsync-redis/redis-cache-0` */
  readonly object: string;
  readonly message: string;
}
