import { PAGES, type Session } from '@wedsync/region-operator/wire';
import { api } from '../api.ts';
import { signedOut } from '../session.ts';
import { useStore } from '../store.ts';
import { goTo, page, PAGE_NAMES, type PageName, TITLES } from './route.ts';
import { helpOpen } from './shortcuts.ts';
import { switchTheme, theme } from './theme.ts';

/** A link to another page, without loading the document anew. */
function PageLink({ name }: { readonly name: PageName }) {
  const here = useStore(page) === name;
  const onClick = (event: MouseEvent) => {
    // A new tab or window stays the browser's.
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    goTo(name);
  };
  return (
    <a href={PAGES[name]} onClick={onClick} aria-current={here ? 'page' : undefined}>
      {TITLES[name]}
    </a>
  );
}

/** Where one can go, who one is, and how it looks. */
export function Navigation({ session }: { readonly session: Session }) {
  const chosen = useStore(theme);
  const signOut = () => void api.signOut().then(signedOut, signedOut);
  return (
    <header class="side">
      <p class="region">
        <img src="/icon.svg" alt="" width="28" height="28" />
        <span>
          <strong>{session.place}</strong>
          <small>{session.region}</small>
        </span>
      </p>
      <nav aria-label="Pages">
        <ul>
          {PAGE_NAMES.map((name) => (
            <li key={name}>
              <PageLink name={name} />
            </li>
          ))}
        </ul>
      </nav>
      <div class="who">
        <p>
          {session.name} {session.role !== session.name && <small>{session.role}</small>}
        </p>
        <button type="button" class="quiet" onClick={switchTheme}>
          Theme: {chosen}
        </button>
        <button type="button" class="quiet" onClick={() => helpOpen.set(true)}>
          Keyboard help
        </button>
        <button type="button" class="quiet" onClick={signOut}>
          Sign out
        </button>
      </div>
    </header>
  );
}
