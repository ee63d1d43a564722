import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import OpenAI from 'openai';
import { CACHE_KEY_PREFIX } from '../../../services/cache-engine/src/contract.ts';
import { RedisCluster } from '../../support/redis/cluster.ts';
import { ENGINE_ON_CACHE, ENGINE_ON_QUEUE } from '../../support/redis/shared.ts';
import { deferred } from './support/doubles.ts';
import { ADMIN_TOKEN, EngineProcess, EngineSettings } from './support/process.ts';
import { json, TestProvider } from './support/provider.ts';
import { completion } from './support/questions.ts';

const KEYS = fileURLToPath(new URL('../../../scripts/keys.ts', import.meta.url));

describe('the engine as a process', function () {
  this.timeout(60_000);
  let redis: RedisCluster;
  let settings: EngineSettings;
  const running: EngineProcess[] = [];
  const start = async (changes: NodeJS.ProcessEnv = {}) => {
    const engine = await EngineProcess.start(await settings.environment(changes));
    running.push(engine);
    return engine;
  };
  /** Runs the keys command against `engine`. */
  const keys = (engine: EngineProcess, ...args: string[]) => {
    const env = { PATH: process.env['PATH'], WEDSYNC_ADMIN_TOKEN: ADMIN_TOKEN };
    const { status, stdout, stderr } = spawnSync(process.execPath, [KEYS, ...args, '--url', engine.url], {
      env,
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  };
  const clientOf = (engine: EngineProcess, apiKey: string) =>
    new OpenAI({ baseURL: `${engine.url}/v1`, apiKey, maxRetries: 0 });
  const newKey = (engine: EngineProcess) =>
    (JSON.parse(keys(engine, 'add', 'smith', '--type', 'photographer', '--json').stdout) as { key: string }).key;
  const ask = (client: OpenAI, content: string) =>
    client.chat.completions.create({ model: 'm', messages: [{ role: 'user', content }] }).withResponse();

  before(async () => {
    redis = await RedisCluster.start({ users: { cache: ENGINE_ON_CACHE, queue: ENGINE_ON_QUEUE } });
    settings = new EngineSettings(redis);
  });
  afterEach(() => Promise.all(running.splice(0).map((engine) => engine.stop())));
  after(async () => {
    settings.remove();
    await redis.stop();
  });

  it('answers after a restart from what it had stored, with the keys it had given out', async () => {
    const first = await start();
    const apiKey = newKey(first);
    const { data } = await ask(clientOf(first, apiKey), 'Who brings the rings?');
    await first.stop();
    const second = await start();
    const again = await ask(clientOf(second, apiKey), 'Who brings the rings?');
    assert.equal(again.response.headers.get('x-wedsync-cache'), 'warm');
    assert.deepEqual(again.data, data);
  });

  it('fails no request and misses no repeated question while a Redis master is killed under load', async () => {
    const engines = [await start(), await start()] as const;
    const apiKey = newKey(engines[0]);
    const clients = engines.map((engine) => clientOf(engine, apiKey));
    const answers = new Map<string, string | null>();
    const victim = await redis.masterOf(`${CACHE_KEY_PREFIX}anything`);
    let killed: Promise<void> | undefined;
    let asked = 0;
    const one = async (lane: number): Promise<void> => {
      for (let round = 0; round < 150; round++) {
        // Each question is new on one engine, then repeated on the other, which has it only in the warm tier.
        const question = `Lane ${lane}, question ${round >> 1}?`;
        const client = clients[round % 2] ?? assert.fail();
        const { data, response } = await ask(client, question);
        const text = data.choices[0]?.message.content ?? null;
        const known = answers.get(question);
        if (known !== undefined) {
          assert.notEqual(response.headers.get('x-wedsync-cache'), 'miss', question);
          assert.equal(text, known);
        }
        answers.set(question, text);
        if (++asked === 300) killed = victim.signal('SIGKILL');
      }
    };
    await Promise.all(Array.from({ length: 8 }, (_, lane) => one(lane)));
    assert.equal(asked, 1200);
    assert.ok(killed, 'a master was killed on the way');
    victim.start();
  });

  it('finishes what is under way after SIGTERM, and ends with 0', async () => {
    const [asked, answer] = [deferred(), deferred()];
    const provider = new TestProvider(async (_request, response) => {
      asked.resolve();
      await answer.promise;
      json(response, completion('At nine.'));
    });
    try {
      const engine = await start({ ORIGIN_URL: await provider.start() });
      const pending = ask(clientOf(engine, newKey(engine)), 'When?');
      await asked.promise;
      engine.signal('SIGTERM');
      const ended = engine.ended();
      while ((await fetch(`${engine.url}/readyz`).catch(() => ({ status: 0 }))).status === 200);
      answer.resolve();
      const { data, response } = await pending;
      assert.equal(data.choices[0]?.message.content, 'At nine.');
      assert.equal(response.status, 200);
      assert.equal((await ended).code, 0);
    } finally {
      provider.stop();
    }
  });

  it('says in one line each what is wrong with its environment, and ends with 1', async () => {
    const environment = await settings.environment({
      REGION: 'us-east',
      PORT: '70000',
      REDIS_QUEUE_NODES: 'redis',
      HOST: '0.0.0.0',
      ORIGIN_URL: 'ftp://x',
      ADMIN_TOKEN_FILE: '',
    });
    const { code, errors } = await EngineProcess.spawn(environment).ended();
    assert.equal(code, 1);
    const expected = [
      /HOST is "0\.0\.0\.0": without TLS_DIR the engine speaks plain HTTP and must stay on loopback/,
      /PORT is "70000": it must be a port from 0 to 65535/,
      /REGION is "us-east": it must be one of uk-south, uk-west, eu-west/,
      /REDIS_QUEUE_NODES is "redis": it must be a list of host:port/,
      /ADMIN_TOKEN_FILE is not set: it must be a file/,
      /ORIGIN_URL is "ftp:\/\/x": it must be an http or https URL/,
    ];
    const lines = errors.trim().split('\n');
    assert.equal(lines.length, expected.length, errors);
    expected.forEach((line, index) => assert.match(lines[index] ?? '', line));
  });

  it('says which file is missing, or which secret is empty', async () => {
    const missing = await EngineProcess.spawn(await settings.environment({ REDIS_CA_FILE: '/nowhere/ca.crt' })).ended();
    assert.equal(missing.code, 1);
    assert.match(missing.errors, /\/nowhere\/ca\.crt/);
    const empty = join(settings.folder, 'empty');
    writeFileSync(empty, '\n');
    const blank = await EngineProcess.spawn(await settings.environment({ ADMIN_TOKEN_FILE: empty })).ended();
    assert.equal(blank.code, 1);
    assert.match(blank.errors, /empty is empty: it must hold a secret/);
  });

  describe('and npm run keys', () => {
    let engine: EngineProcess;
    before(async () => {
      engine = await EngineProcess.start(await settings.environment());
    });
    after(() => engine.stop());

    it('adds, lists and revokes, and shows a new key once', () => {
      const added = keys(engine, 'add', 'rose-hall', '--type', 'venue', '--label', 'desk');
      assert.equal(added.status, 0, added.stderr);
      const [, key = '', keyId = ''] = /^(wsk_\S+)[^]*id (key_\S+)\. /.exec(added.stdout) ?? [];
      const listed = keys(engine, 'list', 'rose-hall');
      assert.equal(listed.status, 0);
      assert.match(listed.stdout, new RegExp(`${keyId} .*rose-hall .*venue .*desk`));
      assert.ok(key !== '' && !listed.stdout.includes(key));
      assert.equal(keys(engine, 'revoke', keyId).status, 0);
      assert.equal(keys(engine, 'list', 'rose-hall').stdout, 'There are no API keys.\n');
      const again = keys(engine, 'revoke', keyId);
      assert.equal(again.status, 1);
      assert.match(again.stderr, /no API key with this id/);
    });

    for (const [args, message] of [
      [[], /The command is missing\. Allowed: add, list, revoke/],
      [['sing'], /The command is "sing"\. Allowed/],
      [['add'], /Allowed: npm run keys -- add VENDOR/],
      [['add', 'x', '--type', 'wizard'], /--type is "wizard"\. Allowed: photographer/],
      [['list', 'x', 'y'], /"y" is too much/],
      [['list', '--colour'], /--colour/],
    ] as const) {
      it(`ends with 2 and says what is allowed: keys ${args.join(' ')}`, () => {
        const { status, stderr } = keys(engine, ...args);
        assert.equal(status, 2);
        assert.match(stderr, message);
      });
    }

    it('ends with 1 when nothing answers, or the token is missing', () => {
      const env = { PATH: process.env['PATH'], WEDSYNC_ADMIN_TOKEN: ADMIN_TOKEN };
      const away = spawnSync(process.execPath, [KEYS, 'list', '--url', 'http://127.78.255.1:1'], {
        env,
        encoding: 'utf8',
      });
      assert.equal(away.status, 1);
      assert.match(away.stderr, /does not answer .*Is the region running\?/);
      const bare = spawnSync(process.execPath, [KEYS, 'list', '--data', settings.folder.replace('engine', 'nowhere')], {
        env: { PATH: process.env['PATH'] },
        encoding: 'utf8',
      });
      assert.equal(bare.status, 1);
      assert.match(bare.stderr, /no administration token/);
    });

    it('takes the token from the region’s data folder', () => {
      const env = { PATH: process.env['PATH'] };
      const listed = spawnSync(
        process.execPath,
        [KEYS, 'list', '--json', '--url', engine.url, '--data', settings.folder],
        { env, encoding: 'utf8' },
      );
      assert.equal(listed.status, 0, listed.stderr);
      assert.ok(Array.isArray(JSON.parse(listed.stdout)));
    });
  });
});
