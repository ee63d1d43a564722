import type { VendorType } from '@wedsync/domain';
import { shareable } from '../../services/cache-engine/src/engine/tenancy/sharing.ts';
import { questionOfQuery } from '../../services/cache-engine/src/engine/vendor-query.ts';

/** The rule by which the engine lets a question's words be shared, each text looked at once: millions are asked. */
export function sharingRule(): (text: string, vendorType: VendorType) => boolean {
  const known = new Map<string, boolean>();
  return (text, vendorType) => {
    let shares = known.get(text);
    if (shares === undefined) {
      shares = shareable(questionOfQuery(text, 'a-model', { vendorId: '', vendorType })).shareable;
      known.set(text, shares);
    }
    return shares;
  };
}
