import { isJsonObject, type JsonObject } from '../../engine/json.ts';
import { DEFAULT_LIMITS, InvalidRoutes, type RouteConfiguration, type Routes } from './routes.ts';

const FILE_MEMBERS = ['defaultModel', 'routes'];
const ROUTE_MEMBERS = [
  ...['name', 'models', 'url', 'keyFile', 'upstreamModel'],
  ...['timeoutSeconds', 'firstPartSeconds', 'concurrency', 'queue'],
];

/** Names stand in metrics: few characters, none that would have to be quoted. */
const NAME = /^[a-z0-9][a-z0-9-]{0,39}$/;

/** A model's name, or its beginning and `*`. */
const MODEL = /^[^\s*]{1,200}\*?$|^\*$/;

const HOUR = 3600;
const MANY = 100_000;

/** Collects what is wrong, each message with the place and with what is allowed there. */
class Reader {
  readonly messages: string[] = [];

  wrong(where: string, value: unknown, allowed: string): void {
    const given = value === undefined ? 'is missing' : `is ${JSON.stringify(value)}`;
    this.messages.push(`${where} ${given}: it must be ${allowed}.`);
  }

  noOthers(where: string, value: JsonObject, members: readonly string[]): void {
    const others = Object.keys(value).filter((name) => !members.includes(name));
    for (const name of others)
      this.messages.push(`${where}.${name} is not known: it must be one of ${members.join(', ')}.`);
  }

  text(where: string, value: unknown, allowed: string, isAllowed: (text: string) => boolean): string {
    if (typeof value === 'string' && isAllowed(value)) return value;
    this.wrong(where, value, allowed);
    return '';
  }

  optionalText(where: string, value: unknown, allowed: string): string | undefined {
    return value === undefined ? undefined : this.text(where, value, allowed, (text) => text !== '');
  }

  number(
    where: string,
    value: unknown,
    standard: number,
    [least, most]: readonly [number, number],
    whole: boolean,
  ): number {
    if (value === undefined) return standard;
    if (typeof value === 'number' && value >= least && value <= most && (!whole || Number.isInteger(value)))
      return value;
    this.wrong(where, value, `a ${whole ? 'whole ' : ''}number from ${least} to ${most}`);
    return standard;
  }
}

/**
 * Reads the routes to several providers: `{"defaultModel": …, "routes": [{"name", "models", "url", "keyFile"?, "upstreamModel"?,
 * "timeoutSeconds"?, "firstPartSeconds"?, "concurrency"?, "queue"?}, …]}`.
 * @throws InvalidRoutes with everything that is wrong
 */
export function parseRoutes(json: unknown): Routes {
  const reader = new Reader();
  if (!isJsonObject(json)) throw new InvalidRoutes(['The routes are no JSON object: they must be {"routes": […]}.']);
  reader.noOthers('$', json, FILE_MEMBERS);
  const defaultModel = reader.optionalText('$.defaultModel', json['defaultModel'], 'the name of a model');
  const list: unknown = json['routes'];
  if (!Array.isArray(list) || list.length === 0) {
    reader.wrong('$.routes', list, 'a list of at least one route');
    throw new InvalidRoutes(reader.messages);
  }
  const routes = list.flatMap((route: unknown, at) => {
    const where = `$.routes[${at}]`;
    if (isJsonObject(route)) return [routeOf(reader, where, route)];
    reader.wrong(where, route, 'an object');
    return [];
  });
  for (const message of ambiguities(routes)) reader.messages.push(message);
  if (reader.messages.length > 0) throw new InvalidRoutes(reader.messages);
  return { defaultModel, routes };
}

function routeOf(reader: Reader, where: string, route: JsonObject): RouteConfiguration {
  reader.noOthers(where, route, ROUTE_MEMBERS);
  const seconds = (member: string, standard: number) =>
    reader.number(`${where}.${member}`, route[member], standard / 1000, [0.1, HOUR], false) * 1000;
  const count = (member: string, standard: number, least: number) =>
    reader.number(`${where}.${member}`, route[member], standard, [least, MANY], true);
  return {
    name: reader.text(`${where}.name`, route['name'], 'up to 40 lower-case letters, digits and hyphens', (text) =>
      NAME.test(text),
    ),
    models: modelsOf(reader, `${where}.models`, route['models']),
    url: reader.text(`${where}.url`, route['url'], 'an http or https URL, up to and with /v1', isHttpUrl),
    keyFile: reader.optionalText(`${where}.keyFile`, route['keyFile'], 'the path of a file'),
    upstreamModel: reader.optionalText(`${where}.upstreamModel`, route['upstreamModel'], 'the name of a model'),
    limits: {
      timeout: seconds('timeoutSeconds', DEFAULT_LIMITS.timeout),
      firstPartTimeout: seconds('firstPartSeconds', DEFAULT_LIMITS.firstPartTimeout),
      concurrency: count('concurrency', DEFAULT_LIMITS.concurrency, 1),
      queue: count('queue', DEFAULT_LIMITS.queue, 0),
    },
  };
}

function modelsOf(reader: Reader, where: string, value: unknown): readonly string[] {
  if (!Array.isArray(value) || value.length === 0) {
    reader.wrong(where, value, 'a list of at least one model, such as "gpt-4.1-mini", "gpt-*" or "*"');
    return [];
  }
  const allowed = 'the name of a model, or the beginning of one followed by a single *';
  return value.map((model, at) => reader.text(`${where}[${at}]`, model, allowed, (text) => MODEL.test(text)));
}

/** What two routes claim both. */
function ambiguities(routes: readonly RouteConfiguration[]): readonly string[] {
  const twice = (texts: readonly string[]) =>
    new Set(texts.filter((text, at) => text !== '' && texts.indexOf(text) !== at));
  const names = [...twice(routes.map(({ name }) => name))];
  const models = [...twice(routes.flatMap((route) => route.models))];
  return [
    ...names.map((name) => `$.routes has two routes of the name "${name}": each must have a name of its own.`),
    ...models.map((model) => `$.routes names the model "${model}" twice: each must be in one route.`),
  ];
}

function isHttpUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && ['http:', 'https:'].includes(url.protocol);
}
