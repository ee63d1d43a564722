/** One thing that a service account may do. */
export interface Right {
  readonly verb: string;
  /** @default the core group */
  readonly group?: string;
  /** `pods`, or with a subresource `pods/exec`. */
  readonly resource: string;
  readonly name?: string;
  /** @default the account's own namespace; empty for the whole cluster */
  readonly namespace?: string;
}

/**
 * What the program's service accounts need of the Kubernetes API, by namespace and name. None needs anything: the engines and Redis
 * talk to each other, never to the cluster. Who adds a role says here what for.
 */
export const NEEDS: Readonly<Record<string, readonly Right[]>> = {};
