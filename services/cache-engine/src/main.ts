import type { Server } from 'node:https';
import { pino } from 'pino';
import { regionIdentity } from '@wedsync/domain';
import { connectAdapters } from './adapters.ts';
import { composeEngine } from './compose.ts';
import { ConfigurationError } from '@wedsync/service-kit/environment';
import { readConfiguration } from './configuration.ts';
import { SERVICE_NAME } from './contract.ts';
import { drain } from './drain.ts';
import { settledWithin } from './engine/deadline.ts';
import { Housekeeping } from './housekeeping.ts';
import { buildServer } from './http/server.ts';
import { followCertificate, readCertificate } from '@wedsync/service-kit/tls';
import { readSecret } from '@wedsync/service-kit/secret-file';

/** Milliseconds for which a starting engine waits for Redis and the embedding model before it serves without. */
const START_DEADLINE = 10_000;

async function main(): Promise<void> {
  const configuration = readConfiguration(process.env);
  const logger = pino({ level: configuration.logLevel, base: { service: SERVICE_NAME, region: configuration.region } });
  const certificate =
    configuration.tlsDirectory === undefined ? undefined : readCertificate(configuration.tlsDirectory);
  const adminToken = readSecret(configuration.adminTokenFile);
  const { zone } = regionIdentity(configuration.region);
  const connected = await connectAdapters(configuration, logger);
  const engine = composeEngine(connected.adapters, { zone, hotBytes: configuration.hotBytes, adminToken });
  const { readiness, settings } = engine.services;
  const housekeeping = new Housekeeping(engine, logger);
  const app = await buildServer(engine.services, { logger, certificate });

  const stop = async () => {
    logger.info('draining');
    const finished = await drain(app, readiness);
    await housekeeping.stop();
    await connected.close();
    logger[finished ? 'info' : 'warn'](finished ? 'stopped' : 'stopped with requests unfinished');
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop());

  await app.listen({ host: configuration.host, port: configuration.port });
  if (configuration.tlsDirectory !== undefined && certificate !== undefined) {
    const directory = configuration.tlsDirectory;
    const onRenewed = () => logger.info('certificate renewed');
    followCertificate(app.server as unknown as Server, { directory, current: certificate, onRenewed });
  }
  if (!(await settledWithin(START_DEADLINE, connected.ready)))
    logger.warn('Redis or the embedding model is not there yet; serving without it');
  await settings.refresh();
  housekeeping.start();
  readiness.started();
  logger.info('ready');
}

main().catch((error: unknown) => {
  const explained =
    error instanceof ConfigurationError ||
    (error instanceof Error && ('code' in error || error.name === 'KeyFileError'));
  process.stderr.write(`${SERVICE_NAME}: ${explained ? error.message : String((error as Error).stack)}\n`);
  process.exit(1);
});
