import { allows, type KeyDescription } from '@wedsync/region-operator/wire';
import { useMemo, useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { useLoaded } from '../../loading.ts';
import { KINDS } from '../../names.ts';
import { fieldsOf } from '../../parts/forms.ts';
import { Notice, Waiting } from '../../parts/notice.tsx';
import { session } from '../../session.ts';
import { useStore } from '../../store.ts';
import { Heading } from '../heading.tsx';
import { VendorEntries } from './vendor-entries.tsx';

/** What the cache holds for a vendor, and why. */
export function EntriesPage() {
  const [vendors, reload] = useLoaded(api.vendors);
  return (
    <>
      <Heading>Cache browser</Heading>
      {vendors.state === 'loading' && <Waiting what="Asking which vendors there are" />}
      {vendors.state === 'refused' && (
        <Notice kind="trouble" onRetry={reload}>
          {vendors.why}
        </Notice>
      )}
      {vendors.state === 'there' && <Browser keys={vendors.value} />}
    </>
  );
}

function Browser({ keys }: { readonly keys: readonly KeyDescription[] }) {
  const who = useStore(session);
  const vendors = useMemo(() => [...new Set(keys.map(({ vendorId }) => vendorId))].sort(), [keys]);
  const [vendorId, setVendorId] = useState(vendors[0] ?? '');
  const [kind, setKind] = useState('');
  const [weddingId, setWeddingId] = useState('');
  const [removing, setRemoving] = useState(false);
  if (vendors.length === 0) return <Notice>No vendor has an API key yet, so nothing can be stored.</Notice>;
  const chooseWedding = (event: SubmitEvent) => {
    event.preventDefault();
    setWeddingId(fieldsOf(event)('wedding'));
  };
  return (
    <>
      <form class="filters" onSubmit={chooseWedding}>
        <label>
          Vendor
          <select value={vendorId} onChange={({ currentTarget }) => setVendorId(currentTarget.value)}>
            {vendors.map((vendor) => (
              <option key={vendor}>{vendor}</option>
            ))}
          </select>
        </label>
        <label>
          Kind
          <select value={kind} onChange={({ currentTarget }) => setKind(currentTarget.value)}>
            <option value="">all</option>
            {Object.entries(KINDS).map(([name, words]) => (
              <option key={name} value={name}>
                {words}
              </option>
            ))}
          </select>
        </label>
        <label>
          Wedding
          <input name="wedding" spellcheck={false} placeholder="all" />
        </label>
        <button type="submit">Show</button>
        {who != null && allows(who.role, 'operator') && (
          <button type="button" class="danger" onClick={() => setRemoving(true)}>
            Remove by pattern …
          </button>
        )}
      </form>
      <VendorEntries
        key={`${vendorId}\n${kind}\n${weddingId}`}
        wanted={{ vendorId, kind, weddingId }}
        removing={removing}
        onRemovingDone={() => setRemoving(false)}
      />
    </>
  );
}
