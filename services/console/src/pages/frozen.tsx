import type { FrozenTime } from '@wedsync/region-operator/wire';
import { moment } from '../format.ts';
import { live } from '../live/live.ts';
import { Notice } from '../parts/notice.tsx';
import { useStore } from '../store.ts';

/** Says on a day on which nothing may be changed that it is one, and until when. */
export function Frozen() {
  const frozen = useStore(live).snapshot?.frozenNow;
  if (frozen == null) return null;
  return (
    <Notice>
      Nothing may be changed until {moment(frozen.until)}: {daysOf(frozen)}.
    </Notice>
  );
}

/** Frozen days in words; why, where it is not for being a Saturday. */
export function daysOf({ days }: FrozenTime): string {
  return days.map(({ words, why }) => (why === 'a Saturday' ? words : `${words} (${why})`)).join(' and ');
}
