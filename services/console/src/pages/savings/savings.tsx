import type { Statistics } from '@wedsync/region-operator/wire';
import { api } from '../../api.ts';
import { month as nameOf } from '../../format.ts';
import { type Loaded, useLoaded } from '../../loading.ts';
import { Notice, Waiting } from '../../parts/notice.tsx';
import { useQuery } from '../../shell/route.ts';
import { Heading } from '../heading.tsx';
import { useVendor, VendorSelect } from '../vendor-select.tsx';
import { WithVendors } from '../with-vendors.tsx';
import { Months } from './months.tsx';
import { RegionTiers } from './region-tiers.tsx';
import { Saved } from './saved.tsx';

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

/** What the cache has saved a vendor: calls, tokens, money and waiting; and where all vendors' answers came from. */
export function SavingsPage() {
  return (
    <>
      <Heading>Savings</Heading>
      <WithVendors nothing="nothing was saved" show={(vendors) => <Choice vendors={vendors} />} />
    </>
  );
}

function Choice({ vendors }: { readonly vendors: readonly string[] }) {
  const [vendorId, chooseVendor] = useVendor(vendors);
  const [named, chooseMonth] = useQuery('month');
  const [statistics, reload] = useLoaded(() => api.statistics(vendorId), vendorId);
  const month = MONTH.test(named) ? named : '';
  const months = statistics.state === 'there' ? statistics.value.months.map((one) => one.month).toReversed() : [];
  const offered = month === '' || months.includes(month) ? months : [month, ...months];
  return (
    <>
      <form class="filters" onSubmit={(event) => event.preventDefault()}>
        <VendorSelect vendors={vendors} chosen={vendorId} onChoose={chooseVendor} />
        <label>
          Period
          <select value={month} onChange={({ currentTarget }) => chooseMonth(currentTarget.value)}>
            <option value="">all months</option>
            {offered.map((one) => (
              <option key={one} value={one}>
                {nameOf(one)}
              </option>
            ))}
          </select>
        </label>
      </form>
      <div class="panels">
        <VendorSavings vendorId={vendorId} month={month} statistics={statistics} onRetry={reload} />
        <RegionTiers />
      </div>
    </>
  );
}

interface VendorSavingsProps {
  readonly vendorId: string;
  /** `YYYY-MM`; empty for all of them. */
  readonly month: string;
  readonly statistics: Loaded<Statistics>;
  readonly onRetry: () => void;
}

function VendorSavings({ vendorId, month, statistics, onRetry }: VendorSavingsProps) {
  if (statistics.state === 'loading') return <Waiting what={`Asking what ${vendorId} was saved`} />;
  if (statistics.state === 'refused') {
    return (
      <Notice kind="trouble" onRetry={onRetry}>
        {statistics.why}
      </Notice>
    );
  }
  const { total, months } = statistics.value;
  if (total.hits + total.misses === 0) return <Notice>{vendorId} has not asked anything yet.</Notice>;
  const figures = month === '' ? total : months.find((one) => one.month === month);
  return (
    <>
      {figures === undefined || figures.hits + figures.misses === 0 ? (
        <Notice>
          {vendorId} asked nothing in {nameOf(month)}.
        </Notice>
      ) : (
        <Saved vendorId={vendorId} month={month} figures={figures} />
      )}
      <Months vendorId={vendorId} months={months} />
    </>
  );
}
