import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const DEMO_VENDOR = { vendorId: 'ashcombe-photography', vendorType: 'photographer', label: 'demo' } as const;
const KEY_FILE = 'demo-key';

/** What a demo vendor is known by. */
export interface DemoVendor {
  readonly vendorId: string;
  readonly apiKey: string;
}

/**
 * The demo vendor with a key that the region at `url` accepts: the one of an earlier start, else a new one.
 * The key lies in the data folder, readable by its owner alone.
 *
 * @throws Error when the administration API refuses.
 */
export async function demoVendor(url: string, adminToken: string, dataDir: string): Promise<DemoVendor> {
  const file = join(dataDir, KEY_FILE);
  const kept = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  if (kept !== undefined && (await accepts(url, kept))) return { vendorId: DEMO_VENDOR.vendorId, apiKey: kept };
  const response = await fetch(`${url}/v1/admin/keys`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(DEMO_VENDOR),
  });
  if (!response.ok)
    throw new Error(`The engine gave no key for the demo vendor: ${response.status} ${await response.text()}`);
  const { key: apiKey } = (await response.json()) as { key: string };
  writeFileSync(file, apiKey, { mode: 0o600 });
  return { vendorId: DEMO_VENDOR.vendorId, apiKey };
}

async function accepts(url: string, apiKey: string): Promise<boolean> {
  const response = await fetch(`${url}/v1/models`, { headers: { authorization: `Bearer ${apiKey}` } });
  await response.body?.cancel();
  return response.ok;
}
