import type { FastifyInstance } from 'fastify';
import { Problem } from './problem.ts';

/** Tells paths that do not exist from methods that a path does not have. Watches the routes that are added after it. */
export function unknownRoutes(app: FastifyInstance): void {
  const routes: { readonly path: RegExp; readonly methods: readonly string[] }[] = [];
  app.addHook('onRoute', ({ url, method }) => {
    if (!url.includes('*')) routes.push({ path: pathsOf(url), methods: [method].flat() });
  });
  const problemAt = (url: string): Problem => {
    const [path = ''] = url.split('?', 1);
    const allowed = [...new Set(routes.filter((route) => route.path.test(path)).flatMap(({ methods }) => methods))];
    if (allowed.length === 0) return new Problem('not-found', 'There is no such path; the API is described at /docs.');
    const list = allowed.join(', ');
    return new Problem('method-not-allowed', `This path allows ${list} only.`, { headers: { allow: list } });
  };
  // Before anything else is found wrong with the request, and before its body is read.
  app.addHook('onRequest', (request, _reply, done) => done(request.is404 ? problemAt(request.url) : undefined));
  app.setNotFoundHandler((request) => {
    throw problemAt(request.url);
  });
}

/** A colon that is written twice for itself, a parameter with or without a form of its own, or a character for itself. */
const PIECE = /::|:(\w+)(\([^)]*\))?|[^]/g;

/** The paths of a route in the router's own notation. */
function pathsOf(url: string): RegExp {
  const pieces = [...url.matchAll(PIECE)].map(([piece, parameter]) => {
    if (parameter !== undefined) return '[^/]+';
    return piece === '::' ? ':' : piece.replace(/[.+?^${}()|[\]\\]/, '\\$&');
  });
  return new RegExp(`^${pieces.join('')}$`);
}
