import { isIP } from 'node:net';
import { isRegionName, REGION_NAMES, type RegionName } from '@wedsync/domain';
import { ENVIRONMENT, HTTP_PORT } from './contract.ts';

/** Where a Redis Cluster is and which files let the engine in. */
export interface RedisConfiguration {
  readonly nodes: readonly { readonly host: string; readonly port: number }[];
  readonly user: string;
  readonly passwordFile: string;
}

/** The engine's configuration, checked. */
export interface Configuration {
  readonly host: string;
  readonly port: number;
  readonly tlsDirectory: string | undefined;
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

/** One or more values of the environment are missing or wrong; a line each. */
export class ConfigurationError extends Error {
  constructor(messages: readonly string[]) {
    super(messages.join('\n'));
    this.name = 'ConfigurationError';
  }
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];
const MEBIBYTE = 1024 * 1024;
const DEFAULT_HOT_BYTES = 64 * MEBIBYTE;
const DEFAULT_JUDGE_DOLLARS = 5;

/** Reads the configuration from an environment. Throws a ConfigurationError that names every bad value at once. */
export function readConfiguration(environment: NodeJS.ProcessEnv): Configuration {
  const messages: string[] = [];
  const value = (name: string) => environment[name] || undefined;

  function required(name: string, what: string): string {
    const text = value(name);
    if (text === undefined) messages.push(`${name} is not set: it must be ${what}.`);
    return text ?? '';
  }
  function checked<Result>(
    name: string,
    text: string,
    allowed: string,
    parse: (text: string) => Result | undefined,
  ): Result {
    const result = text === '' ? undefined : parse(text);
    if (result === undefined && text !== '')
      messages.push(`${name} is ${JSON.stringify(text)}: it must be ${allowed}.`);
    return result as Result;
  }
  function redis(nodes: string, user: string, passwordFile: string): RedisConfiguration {
    const list = 'a list of host:port, separated by commas';
    return {
      nodes: checked(nodes, required(nodes, list), list, parseNodes),
      user: required(user, 'the name of an ACL user'),
      passwordFile: required(passwordFile, 'a file with the password'),
    };
  }

  function judgeOf(): JudgeConfiguration | undefined {
    const { judgeUrl, judgeModel, judgeKeyFile, judgeDollarsADay } = ENVIRONMENT;
    if (value(judgeUrl) === undefined) return undefined;
    return {
      url: checked(judgeUrl, value(judgeUrl) ?? '', 'an http or https URL, up to and with /v1', parseUrl),
      model: required(judgeModel, `the name of a model at ${judgeUrl}`),
      keyFile: value(judgeKeyFile),
      dollarsADay: checked(
        judgeDollarsADay,
        value(judgeDollarsADay) ?? String(DEFAULT_JUDGE_DOLLARS),
        'a number of US dollars, 0 or more',
        (text) => (/^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined),
      ),
    };
  }
  function coldOf(): ColdConfiguration | undefined {
    const { coldTier, coldEndpoint, coldRegion } = ENVIRONMENT;
    const place = value(coldTier);
    if (place === undefined) return undefined;
    return checked(coldTier, place, 'folder:PATH or s3://BUCKET or s3://BUCKET/PREFIX', (text) => {
      if (text.startsWith('folder:') && text.length > 'folder:'.length) return { folder: text.slice('folder:'.length) };
      const [, bucket, prefix = ''] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/.exec(text) ?? [];
      return bucket === undefined
        ? undefined
        : { bucket, prefix, endpoint: value(coldEndpoint), region: value(coldRegion) };
    });
  }

  const { host: hostName, port, tlsDirectory: tlsName, hotBytes, logLevel, region, originUrl, semantic } = ENVIRONMENT;
  const host = value(hostName) ?? '127.0.0.1';
  const tlsDirectory = value(tlsName);
  if (tlsDirectory === undefined && !isLoopback(host)) {
    messages.push(
      `${hostName} is "${host}": without ${tlsName} the engine speaks plain HTTP and must stay on loopback (127.x.y.z, ::1 or localhost).`,
    );
  }
  const regions = `one of ${REGION_NAMES.join(', ')}`;
  const configuration: Configuration = {
    host,
    port: checked(port, value(port) ?? String(HTTP_PORT), 'a port from 0 to 65535', (text) =>
      wholeNumber(text, 0, 65_535),
    ),
    tlsDirectory,
    region: checked(region, required(region, regions), regions, (text) => (isRegionName(text) ? text : undefined)),
    cache: redis(ENVIRONMENT.cacheNodes, ENVIRONMENT.cacheUser, ENVIRONMENT.cachePasswordFile),
    queue: redis(ENVIRONMENT.queueNodes, ENVIRONMENT.queueUser, ENVIRONMENT.queuePasswordFile),
    redisCaFile: required(ENVIRONMENT.redisCa, 'a file with a certificate authority'),
    adminTokenFile: required(ENVIRONMENT.adminTokenFile, 'a file with the administration token'),
    originUrl: checked(originUrl, value(originUrl) ?? '', 'an http or https URL, up to and with /v1', parseUrl),
    originModel: value(ENVIRONMENT.originModel),
    originKeyFile: value(ENVIRONMENT.originKeyFile),
    originRoutesFile: value(ENVIRONMENT.originRoutesFile),
    judge: judgeOf(),
    keyEncryptionFile: required(ENVIRONMENT.keyEncryptionFile, 'a file with the key-encryption keys'),
    cold: coldOf(),
    semantic:
      checked(semantic, value(semantic) ?? 'on', 'on or off', (text) =>
        text === 'on' || text === 'off' ? text : undefined,
      ) !== 'off',
    tracesUrl: checked(ENVIRONMENT.tracesUrl, value(ENVIRONMENT.tracesUrl) ?? '', 'an http or https URL', parseUrl),
    hotBytes: checked(
      hotBytes,
      value(hotBytes) ?? String(DEFAULT_HOT_BYTES),
      'a number of bytes from 1048576 up',
      (text) => wholeNumber(text, MEBIBYTE, Number.MAX_SAFE_INTEGER),
    ),
    logLevel: checked(logLevel, value(logLevel) ?? 'info', `one of ${LOG_LEVELS.join(', ')}`, (text) =>
      LOG_LEVELS.includes(text) ? text : undefined,
    ),
  };
  if (messages.length > 0) throw new ConfigurationError(messages);
  return configuration;
}

function parseNodes(text: string): RedisConfiguration['nodes'] | undefined {
  const nodes = text.split(',').map((node) => /^\[?([^\s[\]]+?)\]?:(\d{1,5})$/.exec(node.trim()));
  const parsed = nodes.flatMap((match) => (match === null ? [] : [{ host: match[1] ?? '', port: Number(match[2]) }]));
  return parsed.length === nodes.length ? parsed : undefined;
}

function parseUrl(text: string): string | undefined {
  const url = URL.parse(text);
  return url !== null && ['http:', 'https:'].includes(url.protocol) ? text : undefined;
}

function wholeNumber(text: string, least: number, most: number): number | undefined {
  const number = /^\d+$/.test(text) ? Number(text) : NaN;
  return number >= least && number <= most ? number : undefined;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}
