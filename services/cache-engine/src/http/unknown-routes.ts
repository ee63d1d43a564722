import type { FastifyInstance } from 'fastify';
import { Problem } from './problem.ts';

/** Tells paths that do not exist from methods that a path does not have. Watches the routes that are added after it. */
export function unknownRoutes(app: FastifyInstance): void {
  const routes: { readonly path: RegExp; readonly methods: readonly string[] }[] = [];
  app.addHook('onRoute', ({ url, method }) => {
    if (!url.includes('*')) routes.push({ path: pathsOf(url), methods: [method].flat() });
  });
  app.setNotFoundHandler((request) => {
    const [path = ''] = request.url.split('?', 1);
    const allowed = [...new Set(routes.filter((route) => route.path.test(path)).flatMap(({ methods }) => methods))];
    if (allowed.length === 0) throw new Problem('not-found', 'There is no such path; the API is described at /docs.');
    const list = allowed.join(', ');
    throw new Problem('method-not-allowed', `This path allows ${list} only.`, { headers: { allow: list } });
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
