/** Who hears of an alert, how soon, and how often: as Alertmanager's own configuration. */
import { SECOND_CALL } from '@wedsync/region-operator/contract';
import type { Severity } from './rules.ts';

/** Where alerts go. */
export const RECEIVERS = {
  /** The phone of whoever is on call. */
  phone: 'phone',
  /** The phone of the next one in line. */
  second: 'second-phone',
  /** The team's channel. */
  channel: 'channel',
  /** A machine elsewhere that calls when it hears nothing. */
  watchdog: 'watchdog',
  /** Nobody: seen in Alertmanager only. */
  nobody: 'nobody',
} as const;
export type ReceiverName = keyof typeof RECEIVERS;

/** What one receiver gets: POST requests in Alertmanager's JSON. */
export type ReceiverPlace = { readonly url: string } | { readonly urlFile: string };
export type ReceiverPlaces = Readonly<Partial<Record<Exclude<ReceiverName, 'nobody'>, ReceiverPlace>>>;

export interface Route {
  readonly receiver: string;
  readonly matchers?: readonly string[];
  readonly group_by?: readonly string[];
  readonly group_wait?: string;
  readonly group_interval?: string;
  readonly repeat_interval?: string;
  readonly continue?: boolean;
  readonly routes?: readonly Route[];
}

export interface AlertmanagerConfiguration {
  readonly route: Route;
  readonly inhibit_rules: readonly {
    readonly source_matchers: readonly string[];
    readonly target_matchers: readonly string[];
    readonly equal?: readonly string[];
  }[];
  readonly receivers: readonly {
    readonly name: string;
    readonly webhook_configs?: readonly {
      readonly url?: string;
      readonly url_file?: string;
      readonly send_resolved: boolean;
    }[];
  }[];
}

const of = (severity: Severity) => `severity="${severity}"`;

/**
 * The whole configuration. A page on a wedding day leaves at once; with the 15 seconds of a scrape, the rule's own time (a minute at most) and this, a
 * phone rings within two minutes (wedding-facts.md: escalated < 2 min on a Saturday, < 5 min otherwise).
 *
 * @param places a receiver without a place is nobody's: its alerts are seen in Alertmanager and by the console.
 */
export function alertmanagerConfiguration(places: ReceiverPlaces): AlertmanagerConfiguration {
  const to = (name: Exclude<ReceiverName, 'nobody'>) => RECEIVERS[places[name] === undefined ? 'nobody' : name];
  const named = (Object.keys(places) as Exclude<ReceiverName, 'nobody'>[]).filter((name) => places[name] !== undefined);
  return {
    route: {
      receiver: to('channel'),
      group_by: ['alertname', 'region', 'job'],
      group_wait: '30s',
      group_interval: '5m',
      repeat_interval: '12h',
      routes: [
        {
          receiver: to('watchdog'),
          matchers: ['alertname="RegionWatchdog"'],
          group_wait: '0s',
          group_interval: '30s',
          repeat_interval: '1m',
        },
        // The last two are kube-prometheus-stack's own, and say nothing to a person.
        { receiver: RECEIVERS.nobody, matchers: [of('none')] },
        { receiver: RECEIVERS.nobody, matchers: ['alertname=~"Watchdog|InfoInhibitor"'] },
        {
          receiver: to('second'),
          matchers: [of('page'), `${SECOND_CALL.name}="${SECOND_CALL.value}"`],
          group_wait: '0s',
          repeat_interval: '15m',
        },
        {
          receiver: to('phone'),
          matchers: [of('page'), 'wedding_day="yes"'],
          group_wait: '0s',
          group_interval: '1m',
          repeat_interval: '5m',
        },
        {
          receiver: to('phone'),
          matchers: [of('page')],
          group_wait: '10s',
          group_interval: '1m',
          repeat_interval: '30m',
        },
      ],
    },
    inhibit_rules: [
      // Who is told that no engine answers need not hear of each one, nor that its promises break.
      {
        source_matchers: ['alertname="EngineAbsent"'],
        target_matchers: ['alertname=~"EngineDown|EngineRestarted|WarmTierDown|.*BudgetBurn"'],
        equal: ['region'],
      },
      {
        source_matchers: ['alertname="RedisClusterDown"'],
        target_matchers: ['alertname=~"RedisNodeDown|RedisShardWithoutReplica|RedisReplicationLag|RedisFailover"'],
        equal: ['region', 'job'],
      },
      // A node that is gone is no replica either, and its exporter is blind.
      {
        source_matchers: ['alertname="RedisNodeDown"'],
        target_matchers: ['alertname=~"RedisShardWithoutReplica|RedisExporterBlind"'],
        equal: ['region', 'job'],
      },
      // A model that is left alone for a while has failed before.
      {
        source_matchers: ['alertname="OriginBreakerOpen"'],
        target_matchers: ['alertname="OriginFailing"'],
        equal: ['region', 'job'],
      },
      // The slower windows of an objective say what the faster ones have said.
      {
        source_matchers: [of('page'), 'slo!=""'],
        target_matchers: [of('ticket'), 'slo!=""'],
        equal: ['region', 'slo'],
      },
    ],
    receivers: [
      { name: RECEIVERS.nobody },
      ...named.map((name) => ({ name: RECEIVERS[name], webhook_configs: [webhook(places[name])] })),
    ],
  };
}

function webhook(place: ReceiverPlace | undefined) {
  const { url, urlFile } = place as { url?: string; urlFile?: string };
  return {
    ...(url !== undefined && { url }),
    ...(urlFile !== undefined && { url_file: urlFile }),
    send_resolved: true,
  };
}
