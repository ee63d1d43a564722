/** A policy's objection to a resource or to the whole stack. */
export interface Violation {
  readonly policy: string;
  readonly pack: string;
  /** A mandatory violation stops a deployment. */
  readonly level: 'advisory' | 'mandatory';
  readonly message: string;
  /** What the policy is about. */
  readonly description: string;
  /** The resource; the stack itself if the policy names none. */
  readonly urn: string;
}

/** A policy's change to a resource's inputs. */
export interface Remediation {
  readonly policy: string;
  readonly pack: string;
  readonly urn: string;
}
