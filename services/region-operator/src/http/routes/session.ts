import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { regionIdentity } from '@wedsync/domain';
import { Type } from 'typebox';
import type { SignedIn } from '../../sign-in/sessions.ts';
import { API, type Session } from '../../wire.ts';
import { forgetSession, keepSession } from '../cookies.ts';
import { asRole, signedInOf } from '../guards.ts';
import { Problem } from '../problem.ts';
import type { Services } from '../services.ts';

const Credentials = Type.Object(
  { name: Type.String({ minLength: 1, maxLength: 64 }), secret: Type.String({ minLength: 1, maxLength: 256 }) },
  { additionalProperties: false },
);

/** `/api/session`: signing in and out. */
export const session: FastifyPluginAsyncTypebox<{ services: Services }> = async (app, { services }) => {
  const { accounts, attempts, sessions, counts, clock } = services;

  app.post(API.session, { schema: { body: Credentials } }, async (request, reply): Promise<Session> => {
    const { name, secret } = request.body;
    const wait = attempts.crowded ? 1_000 : attempts.wait(name);
    if (wait > 0) {
      counts.signIn('limited');
      const seconds = Math.ceil(wait / 1000);
      throw new Problem('too-many', `Too many attempts. Try again in ${seconds} s.`, {
        'retry-after': String(seconds),
      });
    }
    const account = await attempts.check(name, () => accounts().admit(name, secret));
    if (account === undefined) {
      counts.signIn('refused');
      request.log.warn({ account: name, address: request.ip }, 'sign-in refused');
      throw new Problem('signed-out', 'There is no account with this name and this secret.');
    }
    counts.signIn('ok');
    request.log.info({ account: name, role: account.role, address: request.ip }, 'signed in');
    const begun = await sessions.begin(account);
    reply.header('set-cookie', keepSession(begun.token, Math.floor((begun.expiresAt - clock.now()) / 1000)));
    return describe(begun);
  });

  app.get(API.session, { onRequest: asRole(sessions, 'viewer') }, async (request) => describe(signedInOf(request)));

  app.delete(API.session, async (_request, reply) => reply.code(204).header('set-cookie', forgetSession()).send());

  function describe({ account: { name, role }, expiresAt }: SignedIn): Session {
    const { place, zone } = regionIdentity(services.region);
    return { name, role, region: services.region, place, zone, expiresAt };
  }
};
