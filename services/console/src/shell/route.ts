import { PAGES } from '@wedsync/region-operator/wire';
import { Store, useStore } from '../store.ts';

export type PageName = keyof typeof PAGES;

export const TITLES: Readonly<Record<PageName, string>> = {
  overview: 'Overview',
  objectives: 'Objectives',
  board: 'Wedding-day board',
  entries: 'Cache browser',
  savings: 'Savings',
  configuration: 'Configuration',
};

export const PAGE_NAMES = Object.keys(PAGES) as readonly PageName[];

function pageAt(path: string): PageName {
  return PAGE_NAMES.find((name) => PAGES[name] === path) ?? 'overview';
}

/** The page that is shown. */
export const page = new Store<PageName>(pageAt(location.pathname));

/** What the address says beside the page, such as which vendor: whoever opens a link to it sees the same. */
const query = new Store(new URLSearchParams(location.search));

/** One of these: its value, empty where it is not given, and what changes it. */
export function useQuery(name: string): readonly [value: string, set: (value: string) => void] {
  const value = useStore(query).get(name) ?? '';
  const set = (to: string) => {
    const next = new URLSearchParams(query.value);
    if (to === '') next.delete(name);
    else next.set(name, to);
    const text = next.toString();
    history.replaceState(null, '', `${location.pathname}${text && `?${text}`}`);
    query.set(next);
  };
  return [value, set];
}

/** Goes to a page. The heading takes the focus, so that a screen reader says where one is. */
export function goTo(name: PageName): void {
  if (page.value === name) return;
  history.pushState(null, '', PAGES[name]);
  arrive(name);
}

function arrive(name: PageName): void {
  query.set(new URLSearchParams(location.search));
  page.set(name);
  requestAnimationFrame(() => document.querySelector<HTMLElement>('h1')?.focus());
}

window.addEventListener('popstate', () => arrive(pageAt(location.pathname)));
