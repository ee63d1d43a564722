import { InvalidObjectError } from '../errors/invalid-object.ts';
import { NotThereYetError } from '../errors/not-there-yet.ts';
import type { Container, EnvironmentVariable } from '../kubernetes/pod-spec.ts';
import type { ObjectStore } from '../kubernetes/store.ts';
import type { Rewrite } from '../network/name-rewriter.ts';
import { fieldOf, type PodIdentity } from './identity.ts';
import { resourceOf } from './resources.ts';

interface Variable {
  readonly value: string;
  /** Passwords must stay as they are: only host names in them are replaced, never paths. */
  readonly secret: boolean;
}

/** The variables of a container before names and paths are replaced; `$(NAME)` in other texts refers to these. */
export type RawEnvironment = ReadonlyMap<string, Variable>;

/**
 * Reads a container's variables as the kubelet does: `envFrom` first, then `env`, which may refer to earlier ones.
 * @throws NotThereYetError when a ConfigMap or Secret, or its key, does not exist and is not optional
 */
export function readEnvironment(container: Container, pod: PodIdentity, store: ObjectStore): RawEnvironment {
  const environment = new Map<string, Variable>();
  for (const source of container.envFrom ?? []) {
    const [kind, ref] = source.secretRef
      ? (['Secret', source.secretRef] as const)
      : (['ConfigMap', source.configMapRef] as const);
    if (!ref) continue;
    const entries = store.entries(kind, pod.namespace, ref.name);
    if (!entries && !ref.optional) throw new NotThereYetError(`${kind} ${pod.namespace}/${ref.name}`);
    for (const [key, bytes] of entries ?? []) {
      environment.set(`${source.prefix ?? ''}${key}`, { value: bytes.toString(), secret: kind === 'Secret' });
    }
  }
  for (const variable of container.env ?? []) {
    const value = readVariable(variable, container, pod, store, environment);
    if (value) environment.set(variable.name, value);
  }
  return environment;
}

function readVariable(
  variable: EnvironmentVariable,
  container: Container,
  pod: PodIdentity,
  store: ObjectStore,
  earlier: RawEnvironment,
): Variable | undefined {
  const from = variable.valueFrom;
  if (!from) return { value: expand(variable.value ?? '', earlier), secret: false };
  if (from.fieldRef) return { value: fieldOf(pod, from.fieldRef.fieldPath), secret: false };
  if (from.resourceFieldRef) return { value: resourceOf(container, from.resourceFieldRef), secret: false };
  const [kind, ref] = from.secretKeyRef
    ? (['Secret', from.secretKeyRef] as const)
    : (['ConfigMap', from.configMapKeyRef] as const);
  if (!ref) {
    throw new InvalidObjectError(
      `Container ${container.name} of Pod ${pod.namespace}/${pod.name}`,
      `env ${variable.name} has a valueFrom of a kind that does not run here; use fieldRef, resourceFieldRef, ` +
        'secretKeyRef or configMapKeyRef.',
    );
  }
  const bytes = store.entries(kind, pod.namespace, ref.name)?.get(ref.key);
  if (bytes) return { value: bytes.toString(), secret: kind === 'Secret' };
  if (ref.optional) return undefined;
  throw new NotThereYetError(`key ${ref.key} of ${kind} ${pod.namespace}/${ref.name}`);
}

/** Replaces `$(NAME)` by the variable's value, `$$` by `$`; an unknown name stays as it is, as Kubernetes has it. */
export function expand(text: string, environment: RawEnvironment): string {
  return text.replace(/\$\$|\$\(([A-Za-z_][\w.-]*)\)/g, (found, name: string | undefined) =>
    name === undefined ? '$' : (environment.get(name)?.value ?? found),
  );
}

/** The variables as the process gets them. */
export function rewriteEnvironment(
  environment: RawEnvironment,
  names: Rewrite,
  namesAndPaths: Rewrite,
): Record<string, string> {
  return Object.fromEntries(
    [...environment].map(([name, { value, secret }]) => [name, secret ? names(value) : namesAndPaths(value)]),
  );
}
