import assert from 'node:assert/strict';
import { parseOptions } from '../../../scripts/lib/drill/options.ts';

describe('the options of npm run drill', () => {
  it('default to the primary region, for a person', () => {
    const { stack, json, help, dataDir } = parseOptions([]);
    assert.deepEqual({ stack, json, help }, { stack: 'uk-south', json: false, help: false });
    assert.match(dataDir, /drill-uk-south$/);
  });

  it('refuse a stack that there is none of, and what they do not know', () => {
    const usage = (args: readonly string[], message: RegExp) =>
      assert.throws(() => parseOptions(args), { name: 'UsageError', message });
    usage(['--stack', 'paris'], /"paris".*uk-south, uk-west, eu-west/);
    usage(['--fast'], /--fast/);
  });
});
