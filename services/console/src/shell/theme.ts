import { Store } from '../store.ts';
import { kept, keep } from './kept.ts';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const KEY = 'theme';
const DARK = matchMedia('(prefers-color-scheme: dark)');

/** What the person chose. */
export const theme = new Store<Theme>(THEMES.find((one) => one === kept(KEY)) ?? 'system');
/** What is shown: charts are drawn in it. */
export const shownTheme = new Store<'light' | 'dark'>('light');

/** Shows the page in the theme that was chosen, or the system's, as both change. */
export function followTheme(): void {
  const show = () => {
    const shown = theme.value === 'system' ? (DARK.matches ? 'dark' : 'light') : theme.value;
    document.documentElement.dataset['theme'] = shown;
    shownTheme.set(shown);
  };
  show();
  DARK.addEventListener('change', show);
  theme.follow((chosen) => {
    keep(KEY, chosen);
    show();
  });
}

/** The next theme in turn. */
export function switchTheme(): void {
  theme.set(THEMES[(THEMES.indexOf(theme.value) + 1) % THEMES.length] ?? 'system');
}
