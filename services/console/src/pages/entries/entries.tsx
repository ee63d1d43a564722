import { allows } from '@wedsync/region-operator/wire';
import { useState } from 'preact/hooks';
import { KINDS } from '../../names.ts';
import { fieldsOf } from '../../parts/forms.ts';
import { session } from '../../session.ts';
import { useStore } from '../../store.ts';
import { Heading } from '../heading.tsx';
import { useVendor, VendorSelect } from '../vendor-select.tsx';
import { WithVendors } from '../with-vendors.tsx';
import { VendorEntries } from './vendor-entries.tsx';

/** What the cache holds for a vendor, and why. */
export function EntriesPage() {
  return (
    <>
      <Heading>Cache browser</Heading>
      <WithVendors nothing="nothing can be stored" show={(vendors) => <Browser vendors={vendors} />} />
    </>
  );
}

function Browser({ vendors }: { readonly vendors: readonly string[] }) {
  const who = useStore(session);
  const [vendorId, setVendorId] = useVendor(vendors);
  const [kind, setKind] = useState('');
  const [weddingId, setWeddingId] = useState('');
  const [removing, setRemoving] = useState(false);
  const chooseWedding = (event: SubmitEvent) => {
    event.preventDefault();
    setWeddingId(fieldsOf(event)('wedding'));
  };
  return (
    <>
      <form class="filters" onSubmit={chooseWedding}>
        <VendorSelect vendors={vendors} chosen={vendorId} onChoose={setVendorId} />
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
