import { PAGES, type Snapshot } from '@wedsync/region-operator/wire';
import { clockTime, duration, latency, moment, percent, perSecond } from '../../format.ts';
import { live } from '../../live/live.ts';
import { useNow } from '../../live/now.ts';
import { VERDICTS } from '../../names.ts';
import { session } from '../../session.ts';
import { goTo } from '../../shell/route.ts';
import { useStore } from '../../store.ts';
import { daysOf } from '../frozen.tsx';

/** Reasons that a wall has room for. */
const REASONS = 4;
const EVERY_SECOND = 1_000;

/** One word for a wall screen, why, and when nothing may be changed. */
export function BoardPage() {
  const { snapshot, connection } = useStore(live);
  const who = useStore(session);
  const now = useNow(EVERY_SECOND);
  const state = snapshot === null || connection === 'lost' ? 'unknown' : snapshot.verdict.state;
  const { word, sign } = VERDICTS[state];
  // What was heard last is not of now, and a wall does not show since when.
  const figures = state === 'unknown' ? null : (snapshot?.figures ?? null);
  const leave = (event: Event) => {
    event.preventDefault();
    goTo('overview');
  };
  return (
    <main class={`board ${state}`}>
      <div class="board-head">
        <h1 tabIndex={-1}>{who?.place}</h1>
        <p>
          <time dateTime={new Date(now).toISOString()}>{clockTime(new Date(now).toISOString())}</time>
          <a href={PAGES.overview} onClick={leave}>
            Leave the board
          </a>
        </p>
      </div>
      <div class="board-word" role="status">
        <p class="word">
          <span aria-hidden="true">{sign}</span> {word}
        </p>
        <Reasons reasons={reasonsOf(snapshot, connection === 'lost')} />
      </div>
      {snapshot && <Calendar snapshot={snapshot} now={now} />}
      {figures && (
        <dl class="board-figures">
          <div>
            <dt>Hit rate</dt>
            <dd>{percent(figures.hitRate)}</dd>
          </div>
          <div>
            <dt>95 % within</dt>
            <dd>{latency(figures.latency?.p95)}</dd>
          </div>
          <div>
            <dt>Requests a second</dt>
            <dd>{perSecond(figures.requestsPerSecond)}</dd>
          </div>
        </dl>
      )}
    </main>
  );
}

function reasonsOf(snapshot: Snapshot | null, lost: boolean): readonly string[] {
  if (lost) return ['The connection to the region was lost; it comes back by itself.'];
  return snapshot?.verdict.reasons ?? [];
}

function Reasons({ reasons }: { readonly reasons: readonly string[] }) {
  const more = reasons.length - REASONS;
  return (
    <ul>
      {reasons.slice(0, REASONS).map((reason) => (
        <li key={reason}>{reason}</li>
      ))}
      {more > 0 && <li>and {more} more</li>}
    </ul>
  );
}

function Calendar({ snapshot, now }: { readonly snapshot: Snapshot; readonly now: number }) {
  const { frozenNow, nextFrozen } = snapshot;
  if (frozenNow !== null) {
    return (
      <p class="board-calendar">
        <strong>Nothing may be changed</strong> for another {duration(Date.parse(frozenNow.until) - now)}, until{' '}
        {moment(frozenNow.until)}: {daysOf(frozenNow)}.
      </p>
    );
  }
  return (
    <p class="board-calendar">
      Next frozen day: <strong>{daysOf(nextFrozen)}</strong>, in {duration(Date.parse(nextFrozen.from) - now)}.
    </p>
  );
}
