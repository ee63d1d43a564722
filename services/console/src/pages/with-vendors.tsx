import { useMemo } from 'preact/hooks';
import { api } from '../api.ts';
import { useLoaded } from '../loading.ts';
import { Notice, Waiting } from '../parts/notice.tsx';
import { vendorsOf } from './vendor-select.tsx';

interface WithVendorsProps {
  /** What there is not, where no vendor has a key. */
  readonly nothing: string;
  readonly show: (vendors: readonly string[]) => preact.JSX.Element;
}

/** Shows what is made of the vendors that have a key, or why that is not known. */
export function WithVendors({ nothing, show }: WithVendorsProps) {
  const [keys, reload] = useLoaded(api.vendors);
  const vendors = useMemo(() => (keys.state === 'there' ? vendorsOf(keys.value) : []), [keys]);
  if (keys.state === 'loading') return <Waiting what="Asking which vendors there are" />;
  if (keys.state === 'refused') {
    return (
      <Notice kind="trouble" onRetry={reload}>
        {keys.why}
      </Notice>
    );
  }
  return vendors.length === 0 ? <Notice>No vendor has an API key yet, so {nothing}.</Notice> : show(vendors);
}
