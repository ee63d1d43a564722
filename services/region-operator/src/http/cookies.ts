/** Holds the session; no script can read it, and no other site can make a browser send it. */
const NAME = 'wedsync-session';
const ALWAYS = 'Path=/; HttpOnly; Secure; SameSite=Strict';

/** Makes a browser keep a session. Browsers take `Secure` from http://127.0.0.1 as well, which they trust like https. */
export function keepSession(token: string, seconds: number): string {
  return `${NAME}=${token}; Max-Age=${seconds}; ${ALWAYS}`;
}

/** Makes a browser forget the session. */
export function forgetSession(): string {
  return `${NAME}=; Max-Age=0; ${ALWAYS}`;
}

/** The session in a request's cookies. */
export function sessionIn(header: string | undefined): string | undefined {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${NAME}=`))?.slice(NAME.length + 1);
}
