import assert from 'node:assert/strict';
import { parseOptions } from '../../scripts/lib/start/options.ts';

const parse = (...args: string[]) => parseOptions(args, 1_234);

describe('the options of npm start', () => {
  it('default to uk-south on port 8080, with the built-in assistant', () => {
    const { stack, port, originUrl, check, dataDir } = parse();
    assert.deepEqual(
      { stack, port, originUrl, check },
      { stack: 'uk-south', port: 8080, originUrl: undefined, check: false },
    );
    assert.match(dataDir, /\.wedsync\/uk-south$/);
  });

  it('give a check any free port, a folder of its own and a seed from the clock', () => {
    const { port, dataDir, requests, seed } = parse('--check', '--stack', 'eu-west');
    assert.deepEqual({ port, requests, seed }, { port: 0, requests: 10_000, seed: 1_234 });
    assert.match(dataDir, /\.wedsync\/check-eu-west$/);
  });

  const wrong: [args: string[], message: RegExp][] = [
    [['--stack', 'paris'], /^--stack is "paris"\. Allowed: uk-south, uk-west, eu-west\.$/],
    [['--port', '99999'], /^--port is "99999"\. Allowed: a whole number from 0 to 65534\.$/],
    [['--port', ''], /^--port is ""\. Allowed: a whole number/],
    [['--requests', '1.5'], /^--requests is "1\.5"\./],
    [
      ['--origin', 'http://api.example.com/v1'],
      /^--origin is "http:\/\/api\.example\.com\/v1"\. Allowed: an https:\/\/ URL/,
    ],
    [['--prot', '1'], /^Unknown option '--prot'\. See: npm start -- --help$/],
    [['extra'], /^Unexpected argument 'extra'/],
  ];
  for (const [args, message] of wrong) {
    it(`refuse ${args.join(' ')}`, () => {
      assert.throws(() => parse(...args), { name: 'UsageError', message });
    });
  }
});
