import { useEffect, useRef, useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { fieldsOf } from '../../parts/forms.ts';
import { Notice } from '../../parts/notice.tsx';
import { session } from '../../session.ts';

/** Asks for a name and a secret. */
export function SignIn() {
  const [why, setWhy] = useState<string>();
  const [busy, setBusy] = useState(false);
  const name = useRef<HTMLInputElement>(null);
  useEffect(() => {
    document.title = 'Sign in · WedSync console';
    name.current?.focus();
  }, []);

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const text = fieldsOf(event);
    setBusy(true);
    setWhy(undefined);
    api
      .signIn(text('name'), text('secret'))
      .then(
        (found) => session.set(found),
        (error: unknown) => setWhy((error as Error).message),
      )
      .finally(() => setBusy(false));
  };

  return (
    <main class="lonely sign-in">
      <h1>
        <img src="/icon.svg" alt="" width="36" height="36" />
        WedSync console
      </h1>
      <form onSubmit={submit}>
        <label for="name">Name</label>
        <input
          id="name"
          name="name"
          ref={name}
          autocomplete="username"
          autocapitalize="none"
          spellcheck={false}
          required
        />
        <label for="secret">Password or token</label>
        <input id="secret" name="secret" type="password" autocomplete="current-password" required />
        {why !== undefined && <Notice kind="trouble">{why}</Notice>}
        <button type="submit" class="main" disabled={busy}>
          {busy ? 'Signing in …' : 'Sign in'}
        </button>
      </form>
    </main>
  );
}
