import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { API } from '../../wire.ts';
import { asRole, signedInOf } from '../guards.ts';
import type { Services } from '../services.ts';

/** The engine checks the bounds, and says which they are. */
const Change = Type.Object(
  {
    semantic: Type.Optional(Type.Boolean()),
    judging: Type.Optional(Type.Enum(['at-once', 'in-background'])),
    judgePatience: Type.Optional(Type.Number()),
    sampleRate: Type.Optional(Type.Number()),
    sharing: Type.Optional(Type.Boolean()),
    sharingVendors: Type.Optional(Type.Number()),
  },
  { additionalProperties: false, minProperties: 1 },
);

/** `/api/configuration`: the engines' settings, for all to see and for an admin to change. */
export const configuration: FastifyPluginAsyncTypebox<{ services: Services }> = async (app, { services }) => {
  const { engine, sessions } = services;

  app.get(API.configuration, { onRequest: asRole(sessions, 'viewer') }, async () => engine.configuration());

  app.patch(API.configuration, { onRequest: asRole(sessions, 'admin'), schema: { body: Change } }, async (request) => {
    const changed = await engine.configure(request.body);
    request.log.info({ account: signedInOf(request).account.name, change: request.body }, 'settings changed');
    return changed;
  });
};
