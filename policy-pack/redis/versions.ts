/** A version of Redis or Valkey: major, minor and patch. */
export type Version = readonly [major: number, minor: number, patch: number];

/** The version in a tag such as `8.2.10`, `v8.2.10-alpine` or `8.2.10-debian-12-r0`; `undefined` where the patch is not said. */
export function versionOf(tag: string): Version | undefined {
  const [, major, minor, patch] = /^v?(\d+)\.(\d+)\.(\d+)(?![.\d])/.exec(tag) ?? [];
  return patch === undefined ? undefined : [Number(major), Number(minor), Number(patch)];
}

/** Negative where `one` is older than `other`, positive where it is newer, 0 where they are the same. */
export function compareVersions(one: Version, other: Version): number {
  return one.map((part, index) => part - (other[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
}

/** A version as people write it. */
export function formatVersion(version: Version): string {
  return version.join('.');
}
