import type { KeyDescription } from '@wedsync/region-operator/wire';
import { useQuery } from '../shell/route.ts';

interface VendorSelectProps {
  /** At least one. */
  readonly vendors: readonly string[];
  readonly chosen: string;
  readonly onChoose: (vendorId: string) => void;
}

/** The vendors that have a key, by their ids. */
export function vendorsOf(keys: readonly KeyDescription[]): readonly string[] {
  return [...new Set(keys.map(({ vendorId }) => vendorId))].sort();
}

/** The vendor that the address names, else the first; and what names another. */
export function useVendor(vendors: readonly string[]): readonly [vendorId: string, choose: (vendorId: string) => void] {
  const [named, name] = useQuery('vendor');
  return [named || (vendors[0] ?? ''), name];
}

export function VendorSelect({ vendors, chosen, onChoose }: VendorSelectProps) {
  // A link may name a vendor whose key was revoked: what is kept of it can be looked at all the same.
  const offered = vendors.includes(chosen) ? vendors : [chosen, ...vendors];
  return (
    <label>
      Vendor
      <select value={chosen} onChange={({ currentTarget }) => onChoose(currentTarget.value)}>
        {offered.map((vendor) => (
          <option key={vendor}>{vendor}</option>
        ))}
      </select>
    </label>
  );
}
