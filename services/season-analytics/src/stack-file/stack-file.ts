import { LEAST_REDIS_SHARDS, type RegionName } from '@wedsync/domain';
import { isMap, isScalar, parseDocument, type Scalar } from 'yaml';
import { AnalyticsError } from '../analytics-error.ts';
import type { SettingName } from '../planning/bounds.ts';
import type { StackFigures } from '../planning/figures.ts';

const NAMESPACE = 'wedsync';

/** A stack file's text, with the numbers in it that size a region. Changing one changes its digits and nothing else of the file. */
export class StackFile {
  readonly name: string;
  readonly text: string;
  readonly #document;

  /** @throws AnalyticsError where the text is no YAML. */
  constructor(name: string, text: string) {
    this.name = name;
    this.text = text;
    this.#document = parseDocument(text);
    const [error] = this.#document.errors;
    if (error) throw new AnalyticsError(`${name} is no YAML: ${error.message}`);
  }

  /**
   * The sizes of the region.
   *
   * @throws AnalyticsError naming the setting that is missing or no whole number.
   */
  figures(region: RegionName): StackFigures {
    const number = (setting: SettingName | 'redisMemoryGiB.queue') => this.#scalar(setting).value;
    const shards = this.#find(['redisShards', 'cache']);
    return {
      region,
      engineReplicas: { minimum: number('engineReplicas.minimum'), maximum: number('engineReplicas.maximum') },
      workers: { minimum: number('workers.minimum'), maximum: number('workers.maximum') },
      redisMemoryGiB: { cache: number('redisMemoryGiB.cache'), queue: number('redisMemoryGiB.queue') },
      cacheShards: typeof shards?.value === 'number' ? shards.value : LEAST_REDIS_SHARDS,
    };
  }

  /** The text with other numbers; comments, order and spacing stay. */
  with(changes: ReadonlyMap<SettingName, number>): string {
    const edits = [...changes].map(([setting, value]) => ({ ...this.#scalar(setting), value }));
    // From the end on, so that what lies before keeps its place.
    return edits
      .sort((one, other) => other.from - one.from)
      .reduce((text, { from, until, value }) => `${text.slice(0, from)}${value}${text.slice(until)}`, this.text);
  }

  #scalar(setting: SettingName | 'redisMemoryGiB.queue'): {
    readonly value: number;
    readonly from: number;
    readonly until: number;
  } {
    const found = this.#find(setting.split('.'));
    const value: unknown = found?.value;
    if (typeof value === 'number' && Number.isInteger(value) && found?.range) {
      const [from, until] = found.range;
      return { value, from, until };
    }
    throw new AnalyticsError(
      `${NAMESPACE}:${setting} in ${this.name} is ${value === undefined ? 'missing' : JSON.stringify(value)}. Allowed: a whole number.`,
    );
  }

  #find([key = '', ...path]: readonly string[]): Scalar | undefined {
    const config = this.#document.get('config', true);
    const start = isMap(config) ? config.get(`${NAMESPACE}:${key}`, true) : undefined;
    const node = path.reduce<unknown>((parent, name) => (isMap(parent) ? parent.get(name, true) : undefined), start);
    return isScalar(node) ? node : undefined;
  }
}
