import { readFileSync } from 'node:fs';
import type { Server } from 'node:https';
import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { systemClock } from '@wedsync/domain';
import { HttpEngine } from './adapters/http-engine.ts';
import { PrometheusMetrics } from './adapters/prometheus-metrics.ts';
import { composeOperator } from './compose.ts';
import { ConfigurationError } from '@wedsync/service-kit/environment';
import { readConfiguration } from './configuration.ts';
import { DRAIN_SECONDS, SERVICE_NAME } from './contract.ts';
import { buildServer } from './http/server.ts';
import { followCertificate, readCertificate } from '@wedsync/service-kit/tls';
import { PrometheusClient } from '@wedsync/service-kit/prometheus-client';
import { readSecret } from '@wedsync/service-kit/secret-file';
import { authoritiesWith, secureFetch } from '@wedsync/service-kit/secure-fetch';
import { Accounts, AccountsError } from './sign-in/accounts.ts';

/** Milliseconds between looks at the accounts file, which Kubernetes renews while the operator runs. */
const ACCOUNTS_EVERY = 10_000;
/** Milliseconds to wait for an answer of Prometheus: longer than any query takes, shorter than two polls. */
const PROMETHEUS_PATIENCE = 8_000;

async function main(): Promise<void> {
  const configuration = readConfiguration(process.env);
  const { region, tlsDirectory, prometheusCaFile, engineCaFile, accountsFile, busyDays, consoleDirectory } =
    configuration;
  const logger = pino({ level: configuration.logLevel, base: { service: SERVICE_NAME, region } });
  const certificate = tlsDirectory === undefined ? undefined : readCertificate(tlsDirectory);
  let accounts = Accounts.read(accountsFile);
  const services = composeOperator({
    region,
    metrics: new PrometheusMetrics(
      new PrometheusClient({
        url: configuration.prometheusUrl,
        patience: PROMETHEUS_PATIENCE,
        fetch: prometheusCaFile === undefined ? undefined : secureFetch(authoritiesWith(prometheusCaFile)),
      }),
    ),
    engine: new HttpEngine({
      url: configuration.engineUrl,
      adminToken: readSecret(configuration.adminTokenFile),
      ca: engineCaFile === undefined ? undefined : () => readFileSync(engineCaFile, 'utf8'),
    }),
    clock: systemClock,
    freezePlan: { busyDays },
    accounts: () => accounts,
    sessionKey: readSecret(configuration.sessionKeyFile),
    consoleDirectory,
  });
  const app = await buildServer(services, { logger, certificate });
  const following = setInterval(() => {
    try {
      accounts = Accounts.read(accountsFile);
    } catch (error) {
      logger.error({ err: error }, 'the accounts stay as they were');
    }
  }, ACCOUNTS_EVERY);

  const stop = async () => {
    logger.info('draining');
    clearInterval(following);
    services.readiness.draining();
    const finished = await Promise.race([app.close().then(() => true), delay(DRAIN_SECONDS * 1000, false)]);
    await services.poller.stop();
    logger[finished ? 'info' : 'warn'](finished ? 'stopped' : 'stopped with requests unfinished');
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop());

  await app.listen({ host: configuration.host, port: configuration.port });
  if (tlsDirectory !== undefined && certificate !== undefined) {
    const onRenewed = () => logger.info('certificate renewed');
    followCertificate(app.server as unknown as Server, { directory: tlsDirectory, current: certificate, onRenewed });
  }
  services.poller.start();
  services.readiness.started();
  logger.info('ready');
}

main().catch((error: unknown) => {
  const explained =
    error instanceof ConfigurationError ||
    error instanceof AccountsError ||
    (error instanceof Error && 'code' in error);
  process.stderr.write(`${SERVICE_NAME}: ${explained ? error.message : String((error as Error).stack)}\n`);
  process.exit(1);
});
