import { type Output, RunError } from '@pulumi/pulumi';
import type { ReceiverName, RECEIVERS } from '../components/monitoring/routing.ts';
import type { Settings } from './settings.ts';
import { optionalText } from './values.ts';

/** Who is told what goes wrong. */
export interface MonitoringConfig {
  /** Where Alertmanager posts, by receiver; secrets, since whoever knows them can ring the phone. */
  readonly alertUrls: Readonly<Partial<Record<Exclude<ReceiverName, 'nobody'>, Output<string>>>>;
  /** Where docs/runbook.md is read. */
  readonly runbook: string;
}

const SETTINGS = {
  phone: 'alertPhoneUrl',
  second: 'alertSecondPhoneUrl',
  channel: 'alertChannelUrl',
  watchdog: 'alertWatchdogUrl',
} as const satisfies Readonly<Record<Exclude<keyof typeof RECEIVERS, 'nobody'>, string>>;

const RUNBOOK = 'docs/runbook.md';

/** Reads `wedsync:alertPhoneUrl` and its neighbours, and `wedsync:runbookUrl`. */
export function monitoringConfig(settings: Settings): MonitoringConfig {
  const urls = Object.entries(SETTINGS).map(([receiver, key]) => [receiver, url(settings, key)] as const);
  return {
    alertUrls: Object.fromEntries(urls.filter(([, given]) => given !== undefined)),
    runbook: optionalText(settings, 'runbookUrl') ?? RUNBOOK,
  };
}

function url(settings: Settings, key: string): Output<string> | undefined {
  const name = settings.nameOf(key);
  return settings.getSecret(key)?.apply((value) => {
    if (URL.canParse(value) && new URL(value).protocol === 'https:') return value;
    // Not the value itself, which is a secret.
    throw new RunError(`${name} is no https:// URL. Alerts go there as POST requests in Alertmanager's JSON.`);
  });
}
