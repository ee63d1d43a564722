import { useEffect, useState } from 'preact/hooks';
import { api, Refusal } from './api.ts';
import { listen } from './live/live.ts';
import { Notice } from './parts/notice.tsx';
import { BoardPage } from './pages/board/board.tsx';
import { ConfigurationPage } from './pages/configuration/configuration.tsx';
import { EntriesPage } from './pages/entries/entries.tsx';
import { ObjectivesPage } from './pages/objectives/objectives.tsx';
import { OverviewPage } from './pages/overview/overview.tsx';
import { SavingsPage } from './pages/savings/savings.tsx';
import { SignIn } from './pages/sign-in/sign-in.tsx';
import { session } from './session.ts';
import { ConnectionNotice } from './shell/connection.tsx';
import { Help } from './shell/help.tsx';
import { Navigation } from './shell/navigation.tsx';
import { page, type PageName, TITLES } from './shell/route.ts';
import { listenForShortcuts } from './shell/shortcuts.ts';
import { useStore } from './store.ts';

const PAGES: Readonly<Record<PageName, () => preact.JSX.Element>> = {
  overview: OverviewPage,
  objectives: ObjectivesPage,
  board: BoardPage,
  entries: EntriesPage,
  savings: SavingsPage,
  configuration: ConfigurationPage,
};

/** Finds out who is signed in, and shows what they may see. */
export function Console() {
  const who = useStore(session);
  const [why, setWhy] = useState<string>();
  const ask = () => {
    setWhy(undefined);
    api.session().then(
      (found) => session.set(found),
      (error: unknown) => {
        if (error instanceof Refusal && error.signedOut) session.set(null);
        else setWhy((error as Error).message);
      },
    );
  };
  useEffect(ask, []);
  if (who === null) return <SignIn />;
  if (who !== undefined) return <Shell />;
  if (why === undefined) return <p class="waiting lonely">One moment …</p>;
  return (
    <main class="lonely">
      <h1>The console is not there</h1>
      <Notice kind="trouble" onRetry={ask}>
        {why}
      </Notice>
    </main>
  );
}

/** What surrounds every page. The board stands alone: a wall has no use for links. */
function Shell() {
  const who = useStore(session);
  const name = useStore(page);
  const Page = PAGES[name];
  useEffect(listen, []);
  useEffect(listenForShortcuts, []);
  useEffect(() => {
    document.title = `${TITLES[name]} · ${who?.place ?? ''} · WedSync console`;
  }, [name, who]);
  if (!who) return null;
  if (name === 'board') {
    return (
      <>
        <Page />
        <Help />
      </>
    );
  }
  const skip = (event: Event) => {
    event.preventDefault();
    document.querySelector<HTMLElement>('h1')?.focus();
  };
  return (
    <div class="shell">
      <a class="skip" href="#content" onClick={skip}>
        Skip to the content
      </a>
      <Navigation session={who} />
      <main id="content">
        <ConnectionNotice />
        <Page />
      </main>
      <Help />
    </div>
  );
}
