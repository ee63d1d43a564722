import { join } from 'node:path';
import { demoVendor } from '../../../local/region/demo-vendor.ts';
import { MACHINE } from '../../../local/region/machine.ts';
import type { LocalRegion } from '../../../local/region/region.ts';
import { nearPath, type Screen } from './screen.ts';

/** Prints where everything is, a vendor's key, and a question to try. */
export async function welcome(
  region: LocalRegion,
  options: { readonly stack: string; readonly dataDir: string; readonly originUrl: string | undefined },
  screen: Screen,
): Promise<void> {
  const { vendorId, apiKey } = await demoVendor(region.url, region.adminToken, options.dataDir);
  const { services, pods, notRun } = region.status();
  const redis = (name: string) => pods.filter((pod) => pod.name.startsWith(name)).map((pod) => pod.ip);
  screen.line();
  screen.table(
    [
      ['API (OpenAI-compatible)', `${region.url}/v1`],
      ['Documentation', `${region.url}/docs`],
      ['Metrics', `${region.url}/metrics`],
      ['Origin', options.originUrl ?? 'built-in planning assistant (rule-based, no AI)'],
      [
        'Engines',
        region
          .engines()
          .map(({ host, port }) => `${host}:${port}`)
          .join(' '),
      ],
      ['Redis, answers', `${redis('redis-cache-').join(' ')} (TLS, port 6379)`],
      ['Redis, durable', `${redis('redis-queue-').join(' ')} (TLS, port 6379)`],
      ['Data and logs', `${nearPath(options.dataDir)}, ${nearPath(join(options.dataDir, 'logs'))}`],
    ].map(([what, where]) => [what as string, where as string]),
  );
  screen.line();
  screen.line(
    `  This machine gives Redis ${MACHINE.redisMemoryGiB.cache} GiB for answers and runs ${MACHINE.replicas} engines at most; ` +
      `${notRun.length} of the region's objects have nothing to run here (${services.length} Services do).`,
  );
  screen.line();
  screen.line(`  Key of the demo vendor ${vendorId}: ${apiKey}`);
  screen.line('  Ask something, twice:');
  screen.line();
  screen.line(`  curl -si ${region.url}/v1/chat/completions -H 'authorization: Bearer ${apiKey}' \\`);
  screen.line(
    `    -H 'content-type: application/json' -d '{"model":"wedsync-planning","messages":[{"role":"user","content":`,
  );
  screen.line(`    "How many hours of photography does a wedding for 120 guests need?"}]}'`);
  screen.line();
  screen.line('  Ctrl-C stops the region.');
  screen.line();
}
