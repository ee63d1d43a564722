import type { ObjectStore } from '../kubernetes/store.ts';
import type { DataFolder } from '../house/data-folder.ts';
import type { Launcher } from '../house/launcher.ts';
import type { Logs } from '../house/logs.ts';
import type { ImageCatalog } from '../images.ts';
import type { Rewrite } from '../network/name-rewriter.ts';
import type { PodEvent } from '../events.ts';

/** What a Pod needs of the cluster it runs in. */
export interface PodRuntime {
  readonly data: DataFolder;
  readonly secretsFolder: string;
  readonly store: ObjectStore;
  readonly launcher: Launcher;
  readonly logs: Logs;
  readonly images: ImageCatalog;
  /** Host names as the Pods of a namespace see them. */
  readonly names: (namespace: string) => Rewrite;
  /** Something about a Pod changed: Services and workloads look again. */
  readonly changed: () => void;
  readonly event: (event: Omit<PodEvent, 'at'>) => void;
}
