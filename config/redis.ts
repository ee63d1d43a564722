import { BACKUP_INTERVAL_MINUTES, LEAST_REDIS_SHARDS, type RegionIdentity, type RegionName } from '@wedsync/domain';
import { BACKUP_MINUTES, BACKUP_NAME, type BackupFigures } from '../components/redis/backup.ts';
import { configurationLines } from '../components/redis/extra-configuration.ts';
import { REDIS_PROFILES, type RedisProfileName } from '../components/redis/profiles.ts';
import { quietDays, type QuietDays } from '../components/redis/quiet-days.ts';
import { bookingsOf } from './bookings.ts';
import type { Settings } from './settings.ts';
import { invalid, member, optionalImage, parsed } from './values.ts';

/** What a stack says about its Redis Clusters beside their memory and their passwords. */
export interface RedisConfig {
  /** Shards at full size. */
  readonly shards: Readonly<Record<RedisProfileName, number>>;
  readonly exporterImage: string | undefined;
  /** Names of Secrets that exist. */
  readonly tlsSecrets: ByProfile;
  readonly authSecrets: ByProfile;
  /** Lines for the configuration of every node. */
  readonly extraConfiguration: Readonly<Record<RedisProfileName, readonly string[]>>;
  readonly quiet: QuietDays;
  readonly backup: BackupFigures;
  /** Names of backups that shall be brought back. */
  readonly restore: ByProfile;
}

type ByProfile = Readonly<Partial<Record<RedisProfileName, string>>>;

const PROFILES = Object.keys(REDIS_PROFILES) as RedisProfileName[];
const MOST_SHARDS = 100;
const MOST_BACKUPS = 100;
const SECRET_NAME = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;

/** Reads the settings `wedsync:redis…`, and the region's bookings, by which nothing moves on a busy day. */
export function redisConfig(settings: Settings, region: RegionName, { zone }: RegionIdentity): RedisConfig {
  const shards = (profile: RedisProfileName) =>
    member(settings, 'redisShards', [profile], { least: LEAST_REDIS_SHARDS, most: MOST_SHARDS });
  const extra = byProfile(settings, 'redisConfiguration', /[^]*/, 'lines of redis.conf');
  const secret = 'the name of a Secret in the namespace wedsync-redis';
  return {
    shards: { cache: shards('cache'), queue: shards('queue') },
    exporterImage: optionalImage(settings, 'redisExporterImage'),
    tlsSecrets: byProfile(settings, 'redisTlsSecrets', SECRET_NAME, secret),
    authSecrets: byProfile(settings, 'redisAuthSecrets', SECRET_NAME, secret),
    extraConfiguration: {
      cache: configurationLines(extra.cache ?? ''),
      queue: configurationLines(extra.queue ?? ''),
    },
    quiet: quietDays(zone, bookingsOf(region)),
    backup: {
      everyMinutes: backupMinutes(settings),
      keep: member(settings, 'redisBackup', ['keep'], { least: 1, most: MOST_BACKUPS }),
    },
    restore: byProfile(settings, 'redisRestore', BACKUP_NAME, 'the name of a backup, such as 20270807T101500Z'),
  };
}

function backupMinutes(settings: Settings): number {
  const minutes = member(settings, 'redisBackup', ['everyMinutes'], { least: 1, most: BACKUP_INTERVAL_MINUTES });
  if (!BACKUP_MINUTES.includes(minutes))
    throw invalid(settings, 'redisBackup.everyMinutes', minutes, BACKUP_MINUTES.join(', '));
  return minutes;
}

/** An object that has a text for one profile, for both, or for none. */
function byProfile(settings: Settings, key: string, form: RegExp, allowed: string): ByProfile {
  const value = parsed(settings, key) ?? {};
  if (typeof value !== 'object' || Array.isArray(value))
    throw invalid(settings, key, value, `${allowed}, by profile (${PROFILES.join(', ')})`);
  for (const [profile, text] of Object.entries(value)) {
    if (!PROFILES.includes(profile as RedisProfileName))
      throw invalid(settings, key, { [profile]: text as unknown }, `only ${PROFILES.join(', ')}`);
    if (typeof text !== 'string' || !form.test(text)) throw invalid(settings, `${key}.${profile}`, text, allowed);
  }
  return value;
}
