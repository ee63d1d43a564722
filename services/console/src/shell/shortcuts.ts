import { Store } from '../store.ts';
import { kept, keep } from './kept.ts';
import { goTo, type PageName } from './route.ts';
import { switchTheme } from './theme.ts';

const KEY = 'shortcuts';
/** Milliseconds for which the first key of two is remembered. */
const PATIENCE = 1_500;

/** Single letters can be switched off: who speaks to a machine would press them by speaking (WCAG 2.1.4). */
export const shortcutsOn = new Store(kept(KEY) !== 'off');
shortcutsOn.follow((on) => keep(KEY, on ? 'on' : 'off'));

export const helpOpen = new Store(false);

const PAGES_BY_KEY: Readonly<Record<string, PageName>> = {
  o: 'overview',
  s: 'objectives',
  b: 'board',
  e: 'entries',
  v: 'savings',
  c: 'configuration',
};

/** For the help: keys, and what they do. */
export const SHORTCUTS: readonly (readonly [keys: string, does: string])[] = [
  ['g o', 'Overview'],
  ['g s', 'Objectives'],
  ['g b', 'Wedding-day board'],
  ['g e', 'Cache browser'],
  ['g v', 'Savings'],
  ['g c', 'Configuration'],
  ['t', 'Light, dark, or as the system has it'],
  ['/', 'Find among the entries (cache browser)'],
  ['?', 'This help'],
];

/** Listens for shortcuts. @returns ends the listening. */
export function listenForShortcuts(): () => void {
  let wentAt = -Infinity;
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || isDialogOpen()) return;
    if (!shortcutsOn.value) return;
    const follows = event.timeStamp - wentAt < PATIENCE;
    wentAt = event.key === 'g' ? event.timeStamp : -Infinity;
    if (act(event.key, follows)) event.preventDefault();
  };
  document.addEventListener('keydown', onKey);
  return () => document.removeEventListener('keydown', onKey);
}

/** @returns whether the key means something. */
function act(key: string, follows: boolean): boolean {
  const page = PAGES_BY_KEY[key];
  if (follows && page !== undefined) goTo(page);
  else if (key === 't') switchTheme();
  else if (key === '?') helpOpen.set(true);
  else if (key === '/') {
    const find = document.querySelector<HTMLElement>('[data-find]');
    find?.focus();
    return find !== null;
  } else return false;
  return true;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null;
}

function isDialogOpen(): boolean {
  return document.querySelector('dialog[open]') !== null;
}
