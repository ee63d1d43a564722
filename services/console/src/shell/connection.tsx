import { clockTime } from '../format.ts';
import { live } from '../live/live.ts';
import { Notice } from '../parts/notice.tsx';
import { useStore } from '../store.ts';

/** Says when what is shown is not of now, and since when. */
export function ConnectionNotice() {
  const { connection, lostSince, snapshot } = useStore(live);
  if (connection === 'lost' && lostSince !== null) {
    return (
      <Notice kind="trouble">
        The connection to the region was lost at {clockTime(lostSince)}. What you see is of then. It comes back by
        itself.
      </Notice>
    );
  }
  if (snapshot?.away) {
    return (
      <Notice kind="trouble">
        {snapshot.away.reason} Figures are not of now{snapshot.figures && ` but of ${clockTime(snapshot.figures.at)}`}.
      </Notice>
    );
  }
  return null;
}
