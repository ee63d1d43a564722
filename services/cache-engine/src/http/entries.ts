import type { CatalogueItem, CataloguePage } from '../engine/catalogue.ts';
import { iso } from './dates.ts';
import { describeProvenance } from './explanations.ts';

/** A page of stored answers as the API shows it. */
export function describePage({
  items,
  next = null,
}: Omit<CataloguePage, 'next'> & { next?: string | null | undefined }) {
  return { entries: items.map(describeItem), next };
}

function describeItem({ bornAt, expiresAt, alias, ...item }: CatalogueItem) {
  return {
    ...item,
    bornAt: iso(bornAt),
    expiresAt: iso(expiresAt),
    alias: alias && { target: alias.target, provenance: describeProvenance(alias.provenance) },
  };
}
