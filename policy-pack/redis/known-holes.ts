import type { RedisProduct } from '../kubernetes/redis.ts';
import { compareVersions, type Version } from './versions.ts';

/** A hole, or several that were closed together, and the first version of each line without it. */
export interface Hole {
  readonly names: string;
  /** What can happen, as a sentence. */
  readonly harm: string;
  readonly published: `${number}-${number}`;
  /** The first version that had it, where not all had. */
  readonly since?: Version;
  /** Lines that are not here were never mended: they are older than all of these, or had come to their end. */
  readonly mended: readonly Version[];
}

/**
 * When the tables were last held against their sources: the release notes of Redis 7.4 to 8.10 (github.com/redis/docs, folder
 * release-notes/redisce, as of 21 August 2026; github.com/redis/redis, 00-RELEASENOTES of 8.10.2), the update requests of Redis'
 * and Valkey's images (github.com/docker-library/official-images, pull requests 21922, 22078 and 22312) and the release notes
 * of Valkey 9.0.3, 9.0.4 and 9.1.1. Holes found later are not here: read the notes again and add a row.
 */
export const HOLES_AS_OF = '2026-11-25';

const ANY_RESTORE = 'Whoever may call RESTORE, or feed it a file, can run code on the server.';

/** The newest first. */
const HOLES: Readonly<Record<RedisProduct, readonly Hole[]>> = {
  redis: [
    {
      names: 'redis/redis#15673',
      harm: 'A queued transaction reaches keys whose permissions were revoked meanwhile.',
      published: '2026-09',
      since: [8, 0, 0],
      mended: [
        [8, 2, 10],
        [8, 6, 7],
        [8, 8, 3],
        [8, 10, 2],
      ],
    },
    {
      names: 'redis/redis#15478, CVE-2026-62356 and the use after free in pending TLS data',
      harm: 'A user can read keys that its permissions forbid, and run code on the server.',
      published: '2026-08',
      mended: [
        [6, 2, 24],
        [7, 2, 16],
        [7, 4, 11],
        [8, 2, 9],
        [8, 4, 6],
        [8, 6, 6],
        [8, 8, 2],
        [8, 10, 1],
      ],
    },
    {
      names: 'the stream consumer that RESTORE shares (RedisBloom#1041 beside it)',
      harm: ANY_RESTORE,
      published: '2026-07',
      mended: [
        [6, 2, 23],
        [7, 2, 15],
        [7, 4, 10],
        [8, 2, 8],
        [8, 4, 5],
        [8, 6, 5],
        [8, 8, 1],
        [8, 10, 0],
      ],
    },
    {
      names: 'CVE-2026-23479, CVE-2026-25243 and CVE-2026-23631',
      harm: 'A user can run code on the server.',
      published: '2026-05',
      mended: [
        [7, 4, 9],
        [8, 2, 6],
        [8, 4, 3],
        [8, 6, 3],
        [8, 8, 0],
      ],
    },
    {
      names: 'CVE-2025-62507',
      harm: 'XACKDEL overflows the stack and can run code on the server.',
      published: '2025-11',
      since: [8, 2, 0],
      mended: [[8, 2, 3]],
    },
    {
      names: 'CVE-2025-49844, CVE-2025-46817, CVE-2025-46818 and CVE-2025-46819',
      harm: 'A Lua script can run code on the server, or act as another user.',
      published: '2025-10',
      mended: [
        [6, 2, 20],
        [7, 2, 11],
        [7, 4, 6],
        [8, 0, 4],
        [8, 2, 2],
      ],
    },
  ],
  valkey: [
    {
      names: 'CVE-2026-56684 and CVE-2026-63639',
      harm: 'A user can run code on the server, by TLS connections or by a corrupt stream.',
      published: '2026-07',
      mended: [
        [7, 2, 14],
        [8, 0, 10],
        [8, 1, 9],
        [9, 0, 5],
        [9, 1, 1],
      ],
    },
    {
      names: 'CVE-2026-23479, CVE-2026-25243 and CVE-2026-23631',
      harm: 'A user can run code on the server.',
      published: '2026-05',
      mended: [
        [7, 2, 13],
        [8, 0, 9],
        [9, 0, 4],
      ],
    },
    {
      names: 'CVE-2025-49844',
      harm: 'A Lua script can run code on the server.',
      published: '2025-10',
      mended: [
        [7, 2, 11],
        [8, 1, 4],
      ],
    },
  ],
};

/** The known holes of a version, the newest first. */
export function holesIn(product: RedisProduct, version: Version): readonly Hole[] {
  const newestFirst = HOLES[product];
  return newestFirst.filter((hole, index) => has(hole, newestFirst.slice(0, index), version));
}

/** The version of the same line in which none of the known holes is left; of the newest line where that line is given up. */
export function safeVersion(product: RedisProduct, [major, minor]: Version): Version {
  const all = HOLES[product]
    .flatMap(({ mended }) => mended)
    .filter((version) => holesIn(product, version).length === 0);
  const sameLine = all.filter((version) => version[0] === major && version[1] === minor);
  const [newest] = (sameLine.length > 0 ? sameLine : all).sort((one, other) => compareVersions(other, one));
  if (newest === undefined) throw new Error(`The table of ${product}'s holes has no version without one.`);
  return newest;
}

/** Releases mend what earlier ones of their line mended, so a line that was mended later has the older mendings as well. */
function has({ since, mended }: Hole, newer: readonly Hole[], version: Version): boolean {
  if (since !== undefined && compareVersions(version, since) < 0) return false;
  const later = newer.toReversed().flatMap((hole) => hole.mended);
  const sameLine = [...mended, ...later].find(([major, minor]) => major === version[0] && minor === version[1]);
  // A line that is not listed began after the hole was closed, or never got the mending.
  return compareVersions(version, sameLine ?? newestOf(mended)) < 0;
}

function newestOf(versions: readonly Version[]): Version {
  return versions.reduce((one, other) => (compareVersions(one, other) >= 0 ? one : other));
}
