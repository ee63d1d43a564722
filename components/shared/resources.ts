/** CPU (thousandths of a core) and memory (MiB) that Pods ask for. */
export interface Resources {
  readonly cpuMillis: number;
  readonly memoryMiB: number;
}

/** What runs beside the region's own work: so much however many workers there are, and so much on each of them. */
export interface ServiceLoad {
  readonly inAll: Resources;
  readonly eachWorker: Resources;
}

/** What all of `parts` ask for together. */
export function total(parts: readonly Resources[]): Resources {
  return {
    cpuMillis: parts.reduce((sum, { cpuMillis }) => sum + cpuMillis, 0),
    memoryMiB: parts.reduce((sum, { memoryMiB }) => sum + memoryMiB, 0),
  };
}

/** What `count` of the same ask for. */
export function times(count: number, { cpuMillis, memoryMiB }: Resources): Resources {
  return { cpuMillis: count * cpuMillis, memoryMiB: count * memoryMiB };
}
