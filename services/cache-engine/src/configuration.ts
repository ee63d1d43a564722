import { isRegionName, REGION_NAMES, type RegionName } from '@wedsync/domain';
import { EnvironmentReader, httpUrl, type Listening, wholeNumber } from '@wedsync/service-kit/environment';
import { ENVIRONMENT, HTTP_PORT } from './contract.ts';

/** Where a Redis Cluster is and which files let the engine in. */
export interface RedisConfiguration {
  readonly nodes: readonly { readonly host: string; readonly port: number }[];
  readonly user: string;
  readonly passwordFile: string;
}

/** The engine's configuration, checked. */
export interface Configuration extends Listening {
  readonly region: RegionName;
  readonly cache: RedisConfiguration;
  readonly queue: RedisConfiguration;
  readonly redisCaFile: string;
  readonly adminTokenFile: string;
  readonly originUrl: string | undefined;
  readonly originModel: string | undefined;
  readonly originKeyFile: string | undefined;
  readonly originRoutesFile: string | undefined;
  readonly judge: JudgeConfiguration | undefined;
  readonly keyEncryptionFile: string;
  readonly cold: ColdConfiguration | undefined;
  /** Whether the embedding model is loaded. */
  readonly semantic: boolean;
  readonly tracesUrl: string | undefined;
  readonly hotBytes: number;
  readonly logLevel: string;
}

/** The small model that decides whether two questions ask the same. */
export interface JudgeConfiguration {
  readonly url: string;
  readonly model: string;
  readonly keyFile: string | undefined;
  readonly dollarsADay: number;
}

/** Where seldom used answers lie. */
export type ColdConfiguration =
  | { readonly folder: string }
  | {
      readonly bucket: string;
      readonly prefix: string;
      readonly endpoint: string | undefined;
      readonly region: string | undefined;
    };

const MEBIBYTE = 1024 * 1024;
const DEFAULT_HOT_BYTES = 64 * MEBIBYTE;
const DEFAULT_JUDGE_DOLLARS = 5;
const PROVIDER_URL = 'an http or https URL, up to and with /v1';

/** Reads the configuration from an environment. @throws ConfigurationError that names every bad value at once. */
export function readConfiguration(environment: NodeJS.ProcessEnv): Configuration {
  const reader = new EnvironmentReader(environment);
  const url = (name: string, allowed: string) => reader.checked(name, reader.value(name) ?? '', allowed, httpUrl);
  const regions = `one of ${REGION_NAMES.join(', ')}`;
  const configuration: Configuration = {
    ...reader.listening(ENVIRONMENT, { service: 'the engine', defaultPort: HTTP_PORT }),
    region: reader.requiredAs(ENVIRONMENT.region, regions, (text) => (isRegionName(text) ? text : undefined)),
    cache: redisOf(reader, ENVIRONMENT.cacheNodes, ENVIRONMENT.cacheUser, ENVIRONMENT.cachePasswordFile),
    queue: redisOf(reader, ENVIRONMENT.queueNodes, ENVIRONMENT.queueUser, ENVIRONMENT.queuePasswordFile),
    redisCaFile: reader.required(ENVIRONMENT.redisCa, 'a file with a certificate authority'),
    adminTokenFile: reader.required(ENVIRONMENT.adminTokenFile, 'a file with the administration token'),
    originUrl: url(ENVIRONMENT.originUrl, PROVIDER_URL),
    originModel: reader.value(ENVIRONMENT.originModel),
    originKeyFile: reader.value(ENVIRONMENT.originKeyFile),
    originRoutesFile: reader.value(ENVIRONMENT.originRoutesFile),
    judge: judgeOf(reader),
    keyEncryptionFile: reader.required(ENVIRONMENT.keyEncryptionFile, 'a file with the key-encryption keys'),
    cold: coldOf(reader),
    semantic: reader.checked(ENVIRONMENT.semantic, reader.value(ENVIRONMENT.semantic) ?? 'on', 'on or off', onOrOff),
    tracesUrl: url(ENVIRONMENT.tracesUrl, 'an http or https URL'),
    hotBytes: reader.checked(
      ENVIRONMENT.hotBytes,
      reader.value(ENVIRONMENT.hotBytes) ?? String(DEFAULT_HOT_BYTES),
      `a number of bytes from ${MEBIBYTE} up`,
      (text) => wholeNumber(text, MEBIBYTE, Number.MAX_SAFE_INTEGER),
    ),
    logLevel: reader.logLevel(ENVIRONMENT.logLevel),
  };
  reader.assertRight();
  return configuration;
}

function redisOf(reader: EnvironmentReader, nodes: string, user: string, passwordFile: string): RedisConfiguration {
  return {
    nodes: reader.requiredAs(nodes, 'a list of host:port, separated by commas', parseNodes),
    user: reader.required(user, 'the name of an ACL user'),
    passwordFile: reader.required(passwordFile, 'a file with the password'),
  };
}

function judgeOf(reader: EnvironmentReader): JudgeConfiguration | undefined {
  const { judgeUrl, judgeModel, judgeKeyFile, judgeDollarsADay } = ENVIRONMENT;
  const url = reader.value(judgeUrl);
  if (url === undefined) return undefined;
  const dollars = reader.value(judgeDollarsADay) ?? String(DEFAULT_JUDGE_DOLLARS);
  return {
    url: reader.checked(judgeUrl, url, PROVIDER_URL, httpUrl),
    model: reader.required(judgeModel, `the name of a model at ${judgeUrl}`),
    keyFile: reader.value(judgeKeyFile),
    dollarsADay: reader.checked(judgeDollarsADay, dollars, 'a number of US dollars, 0 or more', (text) =>
      /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined,
    ),
  };
}

function coldOf(reader: EnvironmentReader): ColdConfiguration | undefined {
  const { coldTier, coldEndpoint, coldRegion } = ENVIRONMENT;
  const place = reader.value(coldTier);
  if (place === undefined) return undefined;
  return reader.checked(coldTier, place, 'folder:PATH or s3://BUCKET or s3://BUCKET/PREFIX', (text) => {
    if (text.startsWith('folder:') && text.length > 'folder:'.length) return { folder: text.slice('folder:'.length) };
    const [, bucket, prefix = ''] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/.exec(text) ?? [];
    return bucket === undefined
      ? undefined
      : { bucket, prefix, endpoint: reader.value(coldEndpoint), region: reader.value(coldRegion) };
  });
}

function onOrOff(text: string): boolean | undefined {
  return { on: true, off: false }[text];
}

function parseNodes(text: string): RedisConfiguration['nodes'] | undefined {
  const nodes = text.split(',').map((node) => /^\[?([^\s[\]]+?)\]?:(\d{1,5})$/.exec(node.trim()));
  const parsed = nodes.flatMap((match) => (match === null ? [] : [{ host: match[1] ?? '', port: Number(match[2]) }]));
  return parsed.length === nodes.length ? parsed : undefined;
}
