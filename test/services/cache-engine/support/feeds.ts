import type { Change, ChangeFeed } from '../../../../services/cache-engine/src/ports/change-feed.ts';

/** What a feed tells from now on. */
export function followed(feed: ChangeFeed): {
  /** Resolves with the first changes when there are so many. */
  first(count: number): Promise<readonly Change[]>;
  /** Resolves when there was a gap. */
  readonly gap: Promise<void>;
} {
  const changes: Change[] = [];
  let look = () => {};
  const gap = Promise.withResolvers<void>();
  feed.onGap(gap.resolve);
  feed.onChange((change) => {
    changes.push(change);
    look();
  });
  return {
    first: (count) =>
      new Promise((resolve) => {
        look = () => {
          if (changes.length >= count) resolve(changes.slice(0, count));
        };
        look();
      }),
    gap: gap.promise,
  };
}
