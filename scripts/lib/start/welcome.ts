import { join } from 'node:path';
import { demoVendor } from '../../../local/region/demo-vendor.ts';
import { MACHINE } from '../../../local/region/machine.ts';
import type { LocalRegion } from '../../../local/region/region.ts';
import { nearPath, type Screen } from './screen.ts';

interface WelcomeOptions {
  readonly dataDir: string;
  readonly originUrl: string | undefined;
}

/** Prints where everything is, what one machine leaves out, a vendor's key, and a question to try. */
export async function welcome(region: LocalRegion, options: WelcomeOptions, screen: Screen): Promise<void> {
  const { vendorId, apiKey } = await demoVendor(region.url, region.adminToken, options.dataDir);
  screen.line();
  screen.table(addresses(region, options), 'left');
  screen.line();
  screen.line(`  This machine gives each Redis Cluster ${MACHINE.redisMemoryGiB.cache} GiB. Other than in a cloud:`);
  for (const difference of differences(region)) screen.line(`  - ${difference}`);
  screen.line();
  screen.line(`  Key of the demo vendor ${vendorId}: ${apiKey}`);
  screen.line('  Ask something, twice:');
  screen.line();
  for (const text of question(region.url, apiKey)) screen.line(`  ${text}`);
  screen.line();
  screen.line('  Ctrl-C stops the region.');
  screen.line();
}

function addresses(region: LocalRegion, { dataDir, originUrl }: WelcomeOptions): string[][] {
  const { pods } = region.status();
  const engines = region.engines().map(({ host, port }) => `${host}:${port}`);
  const redis = (cluster: string) => {
    const nodes = pods.filter((pod) => new RegExp(`^${cluster}-\\d+-\\d+$`).test(pod.name)).map((pod) => pod.ip);
    return `${nodes.length} nodes, ${nodes.at(0)} to ${nodes.at(-1)}, port 6379`;
  };
  return [
    ['API (OpenAI-compatible)', `${region.url}/v1`],
    ['Documentation', `${region.url}/docs`],
    ['Metrics', `${region.url}/metrics`],
    ...looking(region),
    ...watching(region),
    ['Origin', originUrl ?? 'built-in planning assistant (rule-based, no AI)'],
    ['Engines', engines.join(', ')],
    ['Redis for answers', redis('redis-cache')],
    ['Redis for vendor keys', redis('redis-queue')],
    ['Data', nearPath(dataDir)],
    ['Logs, a file a Pod', nearPath(join(dataDir, 'logs'))],
  ];
}

/** The console, where there is one, and who may sign in. */
function looking({ console }: LocalRegion): string[][] {
  if (console === undefined) return [];
  return [
    ['Console', console.url],
    ['Console, sign in as', `${console.account}, ${console.token}`],
  ];
}

/** Prometheus and Alertmanager, where they run. */
function watching({ monitoring }: LocalRegion): string[][] {
  const rows = [
    ['Prometheus', monitoring?.prometheusUrl],
    ['Alerts', monitoring?.alertmanagerUrl],
  ];
  return rows.filter((row): row is string[] => row[1] !== undefined);
}

/** What is not here as it would be in a cloud, in words. */
function differences(region: LocalRegion): string[] {
  const { notRun, notEnforced } = region.status();
  // What is so for several objects alike is said once.
  const alike = Map.groupBy(notRun, ({ kind, reason }) => `${kind}: ${reason}`);
  return [
    ...[...alike.values()].map((objects) => {
      const [{ kind, reason }] = objects as [(typeof objects)[number]];
      return `${kind} ${objects.map(({ name }) => name).join(', ')}: ${reason}`;
    }),
    ...(notEnforced.length === 0 ? [] : [`nobody enforces ${notEnforced.join(', ')}`]),
  ];
}

function question(url: string, apiKey: string): string[] {
  const body = {
    model: 'wedsync-planning',
    messages: [{ role: 'user', content: 'How many hours of photography for 120 guests?' }],
  };
  return [
    `curl -si ${url}/v1/chat/completions \\`,
    `  -H 'authorization: Bearer ${apiKey}' -H 'content-type: application/json' \\`,
    `  -d '${JSON.stringify(body)}'`,
  ];
}
