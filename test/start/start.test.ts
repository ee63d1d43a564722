import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import OpenAI from 'openai';
import { Command, processesNaming } from '../support/commands/command.ts';

const START = 'scripts/start.ts';
const QUESTION = 'Which flowers are in season for a wedding in York in May?';

interface Running {
  readonly command: Command;
  readonly port: string;
  readonly key: string;
}

async function running(dataDir: string): Promise<Running> {
  const command = new Command(START, ['--data', dataDir, '--port', '0']);
  const [, port = ''] = await command.said(/http:\/\/127\.0\.0\.1:(\d+)\/v1/);
  const [, key = ''] = await command.said(/Key of the demo vendor \S+: (wsk_\S+)/);
  await command.said(/Ctrl-C stops the region/);
  return { command, port, key };
}

/** Asks the question and gives back where the answer came from. */
async function ask({ port, key }: Running): Promise<string | null> {
  const client = new OpenAI({ baseURL: `http://127.0.0.1:${port}/v1`, apiKey: key });
  const messages = [{ role: 'user' as const, content: QUESTION }];
  const { response } = await client.chat.completions.create({ model: 'wedsync-planning', messages }).withResponse();
  return response.headers.get('x-wedsync-cache');
}

/** Waits until no process names the folder; rejects with those that still do after a while. */
async function nothingLeft(dataDir: string): Promise<void> {
  let left = processesNaming(dataDir);
  for (let tries = 0; left.length > 0 && tries < 50; tries++) {
    await sleep(100);
    left = processesNaming(dataDir);
  }
  assert.deepEqual(left, []);
}

describe('npm start', function () {
  this.timeout(120_000);
  let dataDir: string;
  let other: string;
  const commands: Command[] = [];
  const follow = (command: Command) => (commands.push(command), command);

  const makeFolders = async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'wedsync-start-'));
    other = await mkdtemp(join(tmpdir(), 'wedsync-start-'));
  };
  const endAll = async () => {
    for (const command of commands.splice(0)) {
      if (command.process.exitCode === null && command.process.signalCode === null) await command.end('SIGKILL');
    }
    await nothingLeft(dataDir);
    await rm(dataDir, { recursive: true, force: true });
    await rm(other, { recursive: true, force: true });
  };

  describe('of a region', () => {
    let region: Running;

    before(async () => {
      await makeFolders();
      region = await running(dataDir);
      follow(region.command);
    });
    after(endAll);

    it('answers, and refuses a second start', async () => {
      assert.equal(await ask(region), 'miss');
      assert.match((await ask(region)) ?? '', /^(hot|warm)$/);

      const again = follow(new Command(START, ['--data', dataDir, '--port', '0']));
      assert.equal(await again.exited, 1);
      assert.match(again.error, /^The data folder \S+ is in use by another run \(process \d+\)\. .*\n$/);
      const samePort = follow(new Command(START, ['--data', other, '--port', region.port]));
      assert.equal(await samePort.exited, 1);
      assert.match(samePort.error, new RegExp(`^Port ${region.port} on 127\\.0\\.0\\.1 is taken .*--port\\.\\n$`));
    });

    it('has keys made, listed and revoked by npm run keys', async () => {
      const keys = async (...args: string[]) => {
        const where = ['--url', `http://127.0.0.1:${region.port}`, '--data', dataDir];
        const command = follow(new Command('scripts/keys.ts', [...args, ...where]));
        assert.equal(await command.exited, 0, command.error);
        return command.output + command.error;
      };
      const [key = ''] = /wsk_\S+/.exec(await keys('add', 'florist-7', '--type', 'florist')) ?? [];
      assert.match((await ask({ ...region, key })) ?? '', /^miss$/);
      const [id = ''] = /key_\S+/.exec(await keys('list', 'florist-7')) ?? [];
      assert.match(await keys('revoke', id), new RegExp(`Revoked ${id}`));
      assert.doesNotMatch(await keys('list', 'florist-7'), /key_/);
    });

    it('stops without a trace, and knows its answers at the next start', async () => {
      await ask(region);
      assert.equal(await region.command.end('SIGINT'), 0);
      assert.match(region.command.output, /Stopped; nothing is left running\.\n$/);
      await nothingLeft(dataDir);

      const second = await running(dataDir);
      follow(second.command);
      assert.equal(second.key, region.key);
      assert.equal(await ask(second), 'warm');
      second.command.process.kill('SIGKILL');
      await second.command.exited;
      await nothingLeft(dataDir);
    });
  });

  describe('that is cut short', () => {
    beforeEach(makeFolders);
    afterEach(endAll);

    for (const stage of [/on this machine/, /redis-server/, /preview/, /update/]) {
      it(`leaves nothing behind when it is interrupted after "${stage.source}"`, async () => {
        const command = follow(new Command(START, ['--data', dataDir, '--port', '0']));
        await command.said(stage);
        assert.equal(await command.end('SIGINT'), 130);
        assert.match(command.output, /Interrupted; nothing is left running\.\n$/);
        assert.equal(command.error, '');
        await nothingLeft(dataDir);
      });
    }

    it('says what to install where redis-server is neither there nor to be had', async () => {
      const command = follow(new Command(START, ['--data', dataDir, '--port', '0'], { PATH: other }));
      assert.equal(await command.exited, 1);
      assert.match(
        command.error,
        /^The region needs redis-server 7 or later with redis-cli; .* Install it .*, then start again\.\n$/,
      );
    });

    it('says that a port is taken before it does any work', async () => {
      const server = createServer().listen(0, '127.0.0.1');
      await new Promise((resolve) => server.once('listening', resolve));
      const { port } = server.address() as AddressInfo;
      const command = follow(new Command(START, ['--data', dataDir, '--port', String(port)]));
      assert.equal(await command.exited, 1);
      assert.match(command.error, new RegExp(`^Port ${port} on 127\\.0\\.0\\.1 is taken`));
      assert.doesNotMatch(command.output, /preview/);
      await new Promise((resolve) => server.close(resolve));
    });
  });
});
