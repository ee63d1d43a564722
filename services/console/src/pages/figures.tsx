import type { RegionFigures, Snapshot } from '@wedsync/region-operator/wire';
import { live } from '../live/live.ts';
import { Notice, Waiting } from '../parts/notice.tsx';
import { useStore } from '../store.ts';

/** Shows what is made of the region's figures, or why there are none. */
export function WithFigures({
  show,
}: {
  readonly show: (figures: RegionFigures, snapshot: Snapshot) => preact.JSX.Element;
}) {
  const { snapshot } = useStore(live);
  if (snapshot === null) return <Waiting what="Asking how the region is" />;
  if (snapshot.figures === null) return <Notice>There are no figures yet: Prometheus has not answered.</Notice>;
  return show(snapshot.figures, snapshot);
}
