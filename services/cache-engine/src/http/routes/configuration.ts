import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { adminAuthentication } from '../authentication.ts';
import { ConfigurationChange, ConfigurationSchema } from '../schemas.ts';
import type { Services } from '../services.ts';
import { unlessAway } from '../unless-away.ts';

/** `/v1/admin/configuration`: what may be changed while the engines run. */
export const configuration: FastifyPluginAsyncTypebox<{ services: Services }> = async (app, { services }) => {
  const { settings, feed, adminToken } = services;
  const onRequest = adminAuthentication(adminToken);
  const config = { routeName: 'admin' } as const;
  const common = { tags: ['administration'], security: [{ adminToken: [] }] };

  app.get(
    '/v1/admin/configuration',
    {
      onRequest,
      config,
      schema: {
        ...common,
        operationId: 'readConfiguration',
        summary: 'Tells the settings that hold on all engines of the region',
        response: { 200: ConfigurationSchema },
      },
    },
    async () => settings.current,
  );

  app.patch(
    '/v1/admin/configuration',
    {
      onRequest,
      config,
      schema: {
        ...common,
        operationId: 'changeConfiguration',
        summary: 'Changes some of the settings on all engines of the region; what is left out stays',
        body: ConfigurationChange,
        response: { 200: ConfigurationSchema },
      },
    },
    async (request) => {
      const unchanged = 'The store of settings did not confirm the change; read them and try again.';
      const changed = await unlessAway(request, settings.change(request.body), unchanged);
      const untold = 'The change is stored, but the engines were not told of it; send it again.';
      await unlessAway(request, feed.publish({ kind: 'configured' }), untold);
      return changed;
    },
  );
};
