import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { HttpEngine } from '../../../services/region-operator/src/adapters/http-engine.ts';
import { MemoryEngine } from '../../../services/region-operator/src/adapters/memory-engine.ts';
import { ADMIN_TOKEN, startEngine } from '../cache-engine/support/engine.ts';
import { SMITH } from '../region-operator/support/entries.ts';
import { type Failure, failingEngine } from '../region-operator/support/failing-engine.ts';
import { assertAccessible, builtConsole, TestConsole } from './support/console.ts';
import { TULIPS } from './support/scene.ts';

/** How people look at it. */
const SCREENS = {
  'in light colours': { colorScheme: 'light' },
  'in dark colours': { colorScheme: 'dark' },
  'on a telephone': { viewport: { width: 320, height: 700 } },
} as const;

const see = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();
const vendorOf = (page: Page) => page.getByRole('combobox', { name: /^Vendor/ });
const periodOf = (page: Page) => page.getByRole('combobox', { name: /^Period/ });
/** What a part says, with plain spaces between. */
const wordsOf = async (page: Page, region: string) =>
  (await page.getByRole('region', { name: region }).innerText()).replaceAll(/\s+/g, ' ');
const rowsOf = async (page: Page, region: string) =>
  (await page.getByRole('region', { name: region }).getByRole('row').allInnerTexts()).map((row) =>
    row.split(/[\t\n]+/).map((cell) => cell.replaceAll(/\s+/g, ' ')),
  );

describe('The savings in a browser', function () {
  this.timeout(60_000);
  let built: Awaited<ReturnType<typeof builtConsole>>;
  let console: TestConsole;
  before(async () => {
    built = await builtConsole();
  });
  after(() => built?.remove());

  describe('of vendors with and without any', () => {
    before(async () => {
      console = await TestConsole.start({ folder: built.folder });
    });
    afterEach(async () => {
      await console.leave();
      console.engine.up = true;
      console.metrics.up = true;
      assert.deepEqual(console.complaints.splice(0), []);
    });
    after(() => console?.close());

    it('are reached by keys, and shown in all and by month, the latest first', async () => {
      const page = await console.open('viewer', 'overview');
      await page.keyboard.press('g');
      await page.keyboard.press('v');
      await page.getByRole('heading', { name: 'Savings' }).waitFor();
      assert.equal(new URL(page.url()).pathname, '/savings');
      await vendorOf(page).selectOption('smith');
      const words = await wordsOf(page, 'Saved for smith');
      const figures = [
        ...['Calls not made 49,407 for 51,020 questions', 'Money US$2.96', 'Tokens 12,846,600'],
        ...['Waiting 1 day 2 h', 'Hit rate 96.8 % 49,410 of 51,020 answers'],
      ];
      for (const figure of figures) assert.ok(words.includes(figure), `${figure} in: ${words}`);
      assert.deepEqual((await rowsOf(page, 'Month by month')).slice(1), [
        ['October 2026', '48,500', '900', '0', '1,500', '97.0 %', '12,610,000', 'US$2.91', '1 day 2 h'],
        ['September 2026', '900', '40', '3', '100', '90.0 %', '234,000', 'US$0.054', '45 s'],
        ['August 2026', '10', '0', '0', '10', '50.0 %', '2,600', '–', '–'],
      ]);
    });

    it('are those of a month that somebody chose, and a link to it shows the same', async () => {
      const page = await console.open('viewer', 'savings');
      await vendorOf(page).selectOption('smith');
      await periodOf(page).selectOption({ label: 'September 2026' });
      const september = await wordsOf(page, 'Saved for smith');
      assert.match(september, /In September 2026.*Calls not made 897 for 1,000 questions Money US\$0\.054/);
      const { search } = new URL(page.url());
      assert.equal(search, '?vendor=smith&month=2026-09');

      const linked = await console.open('viewer', 'savings', {}, search);
      assert.equal(await wordsOf(linked, 'Saved for smith'), september);
      assert.equal(await periodOf(linked).inputValue(), '2026-09');
      await periodOf(linked).selectOption('');
      await linked.getByText('Since its first question').waitFor();
      assert.equal(new URL(linked.url()).search, '?vendor=smith');
      await linked.getByRole('link', { name: 'Objectives' }).click();
      assert.equal(new URL(linked.url()).search, '');
      await linked.goBack();
      await linked.getByRole('region', { name: 'Saved for smith' }).waitFor();
    });

    it('show a link’s vendor that has no key any more, and a month without questions', async () => {
      const page = await console.open('viewer', 'savings', {}, '?vendor=gone&month=2026-13');
      await see(page, 'gone has not asked anything yet.');
      assert.deepEqual([await vendorOf(page).inputValue(), await periodOf(page).inputValue()], ['gone', '']);
      const other = await console.open('viewer', 'savings', {}, '?vendor=smith&month=2025-01');
      await see(other, 'smith asked nothing in January 2025.');
      assert.equal((await rowsOf(other, 'Month by month')).length, 1 + 3);
    });

    it('do not show a price that nobody knows', async () => {
      const page = await console.open('viewer', 'savings', {}, '?vendor=smith&month=2026-08');
      const words = await wordsOf(page, 'Saved for smith');
      assert.match(words, /Money – its models have no known price Tokens 2,600/);
    });

    it('say by tier where the answers to all vendors came from in the season', async () => {
      const page = await console.open('viewer', 'savings');
      await see(page, '98.0 % came from the cache.');
      assert.deepEqual((await rowsOf(page, 'All vendors, by tier')).slice(1), [
        ['Hot tier (memory)', '40,000', '80.0 %'],
        ['Warm tier (Redis)', '8,000', '16.0 %'],
        ['Another wording', '1,000', '2.0 %'],
        ['Origin (no hit)', '1,000', '2.0 %'],
        ['Past the cache', '2', '–'],
      ]);
    });

    for (const [how, screen] of Object.entries(SCREENS)) {
      it(`say what there is not, in words, and have nothing that axe finds wrong ${how}`, async () => {
        const page = await console.open('viewer', 'savings', screen);
        await vendorOf(page).selectOption('smith');
        await page.getByRole('region', { name: 'Saved for smith' }).waitFor();
        await assertAccessible(page, 'savings');
        await vendorOf(page).selectOption('willow-barn');
        await see(page, 'Nothing was saved: each of its 12 questions went to the origin.');
        await assertAccessible(page, 'savings before the first hit');
        await vendorOf(page).selectOption('tulips');
        await see(page, 'tulips has not asked anything yet.');
        await assertAccessible(page, 'savings before the first question');
        console.engine.up = false;
        await vendorOf(page).selectOption('smith');
        await see(page, /The cache engine does not answer/);
        await assertAccessible(page, 'savings without the engine');
        const wide = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
        assert.ok((wide[0] ?? 0) <= (wide[1] ?? 0), `${wide[0]} pixels wide on a screen of ${wide[1]}`);
        console.engine.up = true;
        await page.getByRole('button', { name: 'Try again' }).click();
        await page.getByRole('region', { name: 'Saved for smith' }).waitFor();
      });
    }
  });

  describe('while the engine takes its time', () => {
    /** Answers about smith when it is let. */
    class SlowEngine extends MemoryEngine {
      let: () => void = () => {};
      readonly #held = new Promise<void>((resolve) => (this.let = resolve));

      override async statistics(vendorId: string) {
        if (vendorId === 'smith') await this.#held;
        return super.statistics(vendorId);
      }
    }
    const engine = new SlowEngine();
    const figures = { hits: 3, misses: 1, hitRate: 0.75, semanticHits: 0, staleHits: 0 };
    const total = { ...figures, savedTokens: 390, savedDollars: 0.5, savedSeconds: 2 };
    before(async () => {
      engine.put(SMITH, []);
      engine.put(TULIPS, []);
      engine.save('smith', { months: [{ month: '2026-10', ...total }], total });
      console = await TestConsole.start({ folder: built.folder, engine });
    });
    after(() => console?.close());

    it('say that they are asked for, and never show one vendor’s under another’s name', async () => {
      const page = await console.open('viewer', 'savings');
      await see(page, 'Asking what smith was saved …');
      await assertAccessible(page, 'savings while they are asked for');
      const late = page.waitForResponse((response) => response.url().includes('vendorId=smith'));
      await vendorOf(page).selectOption('tulips');
      await see(page, 'tulips has not asked anything yet.');
      engine.let();
      await (await late).finished();
      await see(page, 'tulips has not asked anything yet.');
      assert.equal(await page.getByRole('region', { name: /^Saved for/ }).count(), 0);
      await vendorOf(page).selectOption('smith');
      assert.match(await wordsOf(page, 'Saved for smith'), /Calls not made 3 for 4 questions Money US\$0\.50/);
    });
  });

  describe('with a cache engine behind the operator', () => {
    it('are what the engine counted: nothing, then a miss, then hits; and it is said when it goes away', async () => {
      const server = await startEngine();
      let running = true;
      const engine = new HttpEngine({ url: server.url, adminToken: ADMIN_TOKEN });
      console = await TestConsole.start({ folder: built.folder, engine });
      try {
        const key = await server.keyFor('smith');
        const question = 'How many hours of photography for 120 guests?';
        const ask = async (times: number) => {
          const messages = [{ role: 'user' as const, content: question }];
          for (let each = 0; each < times; each++)
            await server.client(key).chat.completions.create({ model: 'wedsync-planning', messages });
          assert.equal(await server.engine.savings.flush(), true);
        };
        const page = await console.open('viewer', 'savings');
        await see(page, 'smith has not asked anything yet.');
        await ask(1);
        await page.reload();
        await see(page, 'Nothing was saved: its one question went to the origin.');
        await ask(3);
        await page.reload();
        const words = await wordsOf(page, 'Saved for smith');
        const { total } = await engine.statistics('smith');
        assert.ok(total.savedTokens > 0);
        assert.match(words, /Calls not made 3 for 4 questions Money – its models have no known price/);
        assert.ok(words.includes(`Tokens ${total.savedTokens.toLocaleString('en-GB')} not read or written again`));
        assert.match(words, /Hit rate 75\.0 % 3 of 4 answers/);

        await server.close();
        running = false;
        await page.reload();
        await see(page, /The cache engine does not answer \(ECONN/);
        await page.getByRole('button', { name: 'Try again' }).waitFor();
      } finally {
        await console.close();
        if (running) await server.close();
      }
    });

    for (const [what, failure, words] of [
      ['fails without a reason', { status: 500 }, 'The cache engine failed. It gave no reason, only status 500.'],
      [
        'cannot reach its books',
        { status: 503, body: { detail: 'The books do not answer; try again.' } },
        'The cache engine failed. The books do not answer; try again.',
      ],
    ] as const satisfies readonly (readonly [string, Failure, string])[]) {
      it(`say so in words when it ${what}`, async () => {
        const failing = await failingEngine(failure);
        const engine = new HttpEngine({ url: failing.url, adminToken: ADMIN_TOKEN });
        console = await TestConsole.start({ folder: built.folder, engine });
        try {
          const page = await console.open('viewer', 'savings');
          const alert = page.getByRole('alert');
          await alert.waitFor();
          assert.equal((await alert.locator('p').innerText()).trim(), words);
          await assertAccessible(page, what);
        } finally {
          await console.close();
          await failing.close();
        }
      });
    }
  });
});
