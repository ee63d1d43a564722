import type { FastifyInstance } from 'fastify';
import { Problem } from './problem.ts';

/** Tells paths that do not exist from methods that a path does not have. Watches the routes that are added after it. */
export function unknownRoutes(app: FastifyInstance): void {
  const routes: { readonly path: RegExp; readonly methods: readonly string[] }[] = [];
  app.addHook('onRoute', ({ url, method }) => {
    if (url.includes('*')) return;
    const escaped = url.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/:\w+/g, '[^/]+');
    routes.push({ path: new RegExp(`^${escaped}$`), methods: [method].flat() });
  });
  app.setNotFoundHandler((request) => {
    const [path = ''] = request.url.split('?', 1);
    const allowed = [...new Set(routes.filter((route) => route.path.test(path)).flatMap(({ methods }) => methods))];
    if (allowed.length === 0) throw new Problem('not-found', 'There is no such path; the API is described at /docs.');
    const list = allowed.join(', ');
    throw new Problem('method-not-allowed', `This path allows ${list} only.`, { headers: { allow: list } });
  });
}
