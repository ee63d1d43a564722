import type { KeyDescription } from '@wedsync/region-operator/wire';

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

export function VendorSelect({ vendors, chosen, onChoose }: VendorSelectProps) {
  return (
    <label>
      Vendor
      <select value={chosen} onChange={({ currentTarget }) => onChoose(currentTarget.value)}>
        {vendors.map((vendor) => (
          <option key={vendor}>{vendor}</option>
        ))}
      </select>
    </label>
  );
}
