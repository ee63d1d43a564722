import type { ControlPlane } from '../control-plane/control-plane.ts';
import { isServing, type Pod, podsPath, type Selector } from './pods.ts';

/** Watches how many Pods serve, at every change of any of them. */
export class LowestServing {
  readonly #serving = new Set<string>();
  readonly #seen = new Set<string>();
  readonly #stop: () => Promise<void>;
  #lowest: number;

  private constructor(plane: ControlPlane, path: string, pods: readonly Pod[], resourceVersion: string) {
    for (const { metadata } of pods.filter(isServing)) this.#serving.add(metadata.name + metadata.uid);
    this.#lowest = this.#serving.size;
    const watch = plane.api.watch<Pod>(path, resourceVersion, ({ type, object }) => {
      const key = object.metadata.name + object.metadata.uid;
      this.#seen.add(key);
      if (type === 'DELETED' || !isServing(object)) this.#serving.delete(key);
      else this.#serving.add(key);
      this.#lowest = Math.min(this.#lowest, this.#serving.size);
    });
    this.#stop = () => watch.stop();
  }

  static async watch(plane: ControlPlane, namespace: string, selector: Selector): Promise<LowestServing> {
    const path = podsPath(namespace, selector);
    const { items, metadata } = await plane.api.read<{ items: Pod[]; metadata: { resourceVersion: string } }>(path);
    return new LowestServing(plane, path, items, metadata.resourceVersion);
  }

  /** Pods that changed meanwhile: an update that replaced nothing proves nothing. */
  get changedPods(): number {
    return this.#seen.size;
  }

  /** Ends the watch. @returns the fewest Pods that served at any moment since it began */
  async stop(): Promise<number> {
    await this.#stop();
    return this.#lowest;
  }
}
