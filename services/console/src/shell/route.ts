import { PAGES } from '@wedsync/region-operator/wire';
import { Store } from '../store.ts';

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

/** Goes to a page. The heading takes the focus, so that a screen reader says where one is. */
export function goTo(name: PageName): void {
  if (page.value === name) return;
  history.pushState(null, '', PAGES[name]);
  arrive(name);
}

function arrive(name: PageName): void {
  page.set(name);
  requestAnimationFrame(() => document.querySelector<HTMLElement>('h1')?.focus());
}

window.addEventListener('popstate', () => arrive(pageAt(location.pathname)));
