declare module 'cluster-key-slot' {
  /** The hash slot (0 to 16383) of a key of a Redis Cluster. */
  export default function calculateSlot(key: string | Buffer): number;
}
