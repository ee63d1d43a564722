import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { builtConsole, TestConsole } from './support/console.ts';

const ENTRIES = 50_000;
/** Bytes that the first page may take, compressed, document included. */
const FIRST_LOAD = 150_000;
/** Rows that may be in the document at once, however many there are. */
const MOST_ROWS = 80;

describe('What the console asks of a browser', function () {
  this.timeout(120_000);
  let built: Awaited<ReturnType<typeof builtConsole>>;
  let console: TestConsole;
  before(async () => {
    built = await builtConsole();
    console = await TestConsole.start({ folder: built.folder, entries: ENTRIES });
  });
  afterEach(() => console.leave());
  after(async () => {
    await console?.close();
    await built?.remove();
  });

  it(`takes less than ${FIRST_LOAD / 1000} KB to load, and comes compressed`, async () => {
    const document = readFileSync(join(built.folder, 'index.html'), 'utf8');
    const files = [...document.matchAll(/(?:src|href)="\/([^"]+)"/g)].map(([, file]) => file ?? '');
    assert.ok(files.some((file) => file.endsWith('.js')) && files.some((file) => file.endsWith('.css')), document);
    const sizes = ['index.html', ...files].map((file) => gzipSync(readFileSync(join(built.folder, file))).length);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    globalThis.console.log(`      first load ${total} bytes, gzip`);
    assert.ok(total < FIRST_LOAD, `${total} bytes`);
    const script = files.find((file) => file.endsWith('.js'));
    const { headers } = await fetch(`${console.operator.url}/${script}`, { headers: { 'accept-encoding': 'gzip' } });
    assert.equal(headers.get('content-encoding'), 'gzip');
    assert.equal(headers.get('cache-control'), 'public, max-age=31536000, immutable');
  });

  it('is ready soon (reported)', async () => {
    const page = await console.open('viewer', 'overview');
    const times: number[] = [];
    for (let round = 0; round < 5; round++) {
      await page.reload({ waitUntil: 'commit' });
      await page.getByText('98.0 %').first().waitFor();
      times.push(await page.evaluate(() => performance.now()));
    }
    const [, , median = NaN] = times.sort((one, other) => one - other);
    globalThis.console.log(`      figures on the screen after ${median.toFixed(0)} ms, median of ${times.length}`);
  });

  const rowsIn = (page: Page) => page.locator('.entry-rows .entry-row').count();
  const scrollTo = (page: Page, share: number) =>
    page.evaluate((part) => {
      const grid = document.querySelector('.entry-grid');
      if (grid !== null) grid.scrollTop = part * (grid.scrollHeight - grid.clientHeight);
      return new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
    }, share);

  it(`browses ${ENTRIES} entries with few rows in the document`, async () => {
    const page = await console.open('viewer', 'entries');
    await page.evaluate(() => {
      const tasks: number[] = [];
      Object.assign(globalThis, { longTasks: tasks });
      new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
        type: 'longtask',
      });
    });
    await page.getByRole('row', { name: /When is sunset/ }).waitFor();
    await page.getByRole('button', { name: 'Load all' }).click();
    await page.getByText('50,000 entries, all there are').waitFor({ timeout: 60_000 });
    for (let step = 0; step <= 40; step++) {
      await scrollTo(page, step / 40);
      const rows = await rowsIn(page);
      assert.ok(rows > 0 && rows <= MOST_ROWS, `${rows} rows at step ${step}`);
    }
    await page.getByText('Question 49999:').waitFor();
    await page.getByRole('grid').focus();
    await page.keyboard.press('Home');
    await page.getByText('When is sunset?').waitFor();
    await page.keyboard.press('End');
    await page.getByText('Question 49999:').waitFor();
    await page.getByLabel('Find among these').fill('rings 31415');
    await page.getByText('1 of 50,000 entries, all there are').waitFor();
    await page.getByRole('row', { name: /Question 31415:/ }).waitFor();
    const tasks = await page.evaluate(() => (globalThis as unknown as { longTasks: number[] }).longTasks);
    const longest = Math.max(0, ...tasks);
    globalThis.console.log(`      ${tasks.length} tasks of 50 ms or more, the longest ${longest.toFixed(0)} ms`);
  });

  it('loads only as far as somebody looks', async () => {
    const page = await console.open('viewer', 'entries');
    await page.getByText('200 entries, there are more').waitFor();
    await scrollTo(page, 1);
    await page.getByText('400 entries, there are more').waitFor();
  });
});
