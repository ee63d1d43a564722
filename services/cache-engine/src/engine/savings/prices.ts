import { isJsonObject } from '../json.ts';

/** What a model costs, US dollars per million tokens: which is as many millionths of a dollar for each. */
export interface ModelPrice {
  readonly input: number;
  /** Of input that the provider had cached; as `input` where it is not known. */
  readonly cachedInput: number;
  readonly output: number;
}

/** Prices by the model's name. */
export type PriceTable = ReadonlyMap<string, ModelPrice>;

/** The only version of the form that is read. */
const VERSION = 1;

/** What follows a model's name in that of one of its releases: a date or a revision, not the name of a sibling. */
const RELEASE = /^[-@:](?:\d{4}-\d{2}-\d{2}|\d{8}|\d{6}|\d{4}|\d{3}|latest)$/;

/** The price table is wrong, or not one. */
export class InvalidPrices extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'InvalidPrices';
  }
}

/**
 * Reads a price table: `{"version": 1, "date", "currency": "USD", "models": [{"model", "input", "cachedInput"?, "output", …}]}`.
 * @throws InvalidPrices that says what is wrong, and where
 */
export function parsePrices(json: unknown): PriceTable {
  if (!isJsonObject(json) || json['version'] !== VERSION) throw new InvalidPrices(`version must be ${VERSION}.`);
  if (json['currency'] !== 'USD') throw new InvalidPrices('currency must be "USD".');
  const models: unknown = json['models'];
  if (!Array.isArray(models)) throw new InvalidPrices('models must be a list.');
  const table = new Map<string, ModelPrice>();
  models.forEach((row: unknown, at) => {
    const model = isJsonObject(row) ? row['model'] : undefined;
    if (!isJsonObject(row) || typeof model !== 'string' || model === '')
      throw new InvalidPrices(`models[${at}].model must be the name of a model.`);
    if (table.has(model)) throw new InvalidPrices(`models[${at}] prices "${model}" a second time.`);
    const price = (member: string, standard?: number) => {
      const value = row[member] ?? standard;
      if (typeof value === 'number' && value >= 0) return value;
      throw new InvalidPrices(`models[${at}].${member} ("${model}") must be dollars per million tokens, 0 or more.`);
    };
    const input = price('input');
    table.set(model, { input, cachedInput: price('cachedInput', input), output: price('output') });
  });
  return table;
}

/** The price of a model: its own, or for one of its releases that of the model with the longest name that it begins with. */
export function priceOf(model: string, table: PriceTable): ModelPrice | undefined {
  const own = table.get(model);
  if (own !== undefined) return own;
  let found = '';
  for (const name of table.keys()) {
    if (name.length > found.length && model.startsWith(name) && RELEASE.test(model.slice(name.length))) found = name;
  }
  return table.get(found);
}
