import { namespaceOf, type KubernetesObject } from './object.ts';
import type { KeyedData } from './workloads.ts';

const keyOf = (kind: string, namespace: string, name: string): string => `${kind} ${namespace}/${name}`;

/**
 * The objects the cluster should consist of: those the user declared, and those made for them (Secrets with
 * certificates). A declared object wins over a made one of the same name.
 */
export class ObjectStore {
  #declared = new Map<string, KubernetesObject>();
  #made = new Map<string, KubernetesObject>();

  /** Replaces all declared objects. */
  declare(objects: readonly KubernetesObject[]): void {
    this.#declared = byKey(objects);
  }

  /** Replaces all made objects. */
  make(objects: readonly KubernetesObject[]): void {
    this.#made = byKey(objects);
  }

  /** The object of that kind and name. `T` is what the caller knows of the kind. */
  find<T extends KubernetesObject>(kind: T['kind'], namespace: string, name: string): T | undefined {
    const key = keyOf(kind, namespace, name);
    return (this.#declared.get(key) ?? this.#made.get(key)) as T | undefined;
  }

  list<T extends KubernetesObject>(kind: T['kind']): T[] {
    return this.all().filter((object) => object.kind === kind) as T[];
  }

  all(): KubernetesObject[] {
    return [...new Map([...this.#made, ...this.#declared]).values()];
  }

  /** The decoded entries of a ConfigMap or Secret, or undefined when there is none of that name. */
  entries(kind: 'ConfigMap' | 'Secret', namespace: string, name: string): Map<string, Buffer> | undefined {
    const object = this.find<KeyedData>(kind, namespace, name);
    if (!object) return undefined;
    const encoding = kind === 'Secret' ? 'base64' : 'utf8';
    const decoded = (data: KeyedData['data'], as: BufferEncoding) =>
      Object.entries(data ?? {}).map(([key, value]) => [key, Buffer.from(value, as)] as const);
    return new Map([
      ...decoded(object.data, encoding),
      ...decoded(object.binaryData, 'base64'),
      ...decoded(object.stringData, 'utf8'),
    ]);
  }
}

function byKey(objects: readonly KubernetesObject[]): Map<string, KubernetesObject> {
  return new Map(objects.map((object) => [keyOf(object.kind, namespaceOf(object), object.metadata.name), object]));
}
