import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { PAGES } from '../../../services/region-operator/src/wire.ts';
import { assertAccessible, builtConsole, TestConsole } from './support/console.ts';
import { CALM, REDIS_DOWN } from './support/scene.ts';

const PAGE_NAMES = Object.keys(PAGES) as (keyof typeof PAGES)[];

describe('The console for everybody', function () {
  this.timeout(90_000);
  let built: Awaited<ReturnType<typeof builtConsole>>;
  let console: TestConsole;
  before(async () => {
    built = await builtConsole();
    console = await TestConsole.start({ folder: built.folder });
  });
  afterEach(() => console.leave());
  after(async () => {
    await console?.close();
    await built?.remove();
  });

  /** Goes to each page by its keys, which loads nothing anew, and waits until what it shows is there. */
  async function throughAll(page: Page, visit: (name: string) => Promise<void>): Promise<void> {
    for (const name of PAGE_NAMES) {
      await page.evaluate((path) => {
        history.pushState(null, '', path);
        dispatchEvent(new PopStateEvent('popstate'));
      }, PAGES[name]);
      await page.waitForFunction(() => document.querySelector('.waiting') === null);
      await page.locator('h1').waitFor();
      await visit(name);
    }
  }

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`has nothing that axe finds wrong, in ${colorScheme} colours`, async () => {
      const signIn = await console.visit({ colorScheme });
      await signIn.goto(console.operator.url);
      await signIn.getByLabel('Name').waitFor();
      await assertAccessible(signIn, `sign-in, ${colorScheme}`);
      const page = await console.open('admin', 'overview', { colorScheme });
      assert.equal(await page.locator('html').getAttribute('data-theme'), colorScheme);
      await throughAll(page, (name) => assertAccessible(page, `${name}, ${colorScheme}`));
      await page.getByRole('row', { name: /At what time does the sun set/ }).waitFor({ state: 'detached' });
      await page.getByRole('link', { name: 'Cache browser' }).click();
      await page.getByRole('row', { name: /At what time does the sun set/ }).click();
      await assertAccessible(page, `an entry, ${colorScheme}`);
    });
  }

  it('has nothing that axe finds wrong on a telephone, and nothing that is cut off there', async () => {
    const page = await console.open('admin', 'overview', { viewport: { width: 320, height: 700 } });
    await throughAll(page, async (name) => {
      await assertAccessible(page, `${name} on a telephone`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= 320, `${name} is ${wide} pixels wide`);
    });
  });

  it('fits a telephone while alerts fire', async () => {
    const path = { ...REDIS_DOWN.annotations, runbook_url: 'docs/runbook.md#redismasterdown' };
    const labels = { ...REDIS_DOWN.labels, pod: 'redis-cache-2-0' };
    console.metrics.alerts = [...CALM, REDIS_DOWN, { ...REDIS_DOWN, labels, annotations: path }];
    try {
      const page = await console.open('viewer', 'overview', { viewport: { width: 320, height: 700 } });
      await page.getByText('Runbook: docs/runbook.md#redismasterdown').waitFor();
      await assertAccessible(page, 'alerts on a telephone');
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= 320, `${wide} pixels wide`);
    } finally {
      console.metrics.alerts = CALM;
    }
  });

  it('keeps the theme that was chosen', async () => {
    const page = await console.open('viewer', 'overview', { colorScheme: 'light' });
    const theme = () => page.locator('html').getAttribute('data-theme');
    const button = page.getByRole('button', { name: /^Theme/ });
    await button.click();
    assert.deepEqual([await button.innerText(), await theme()], ['Theme: light', 'light']);
    await button.click();
    assert.deepEqual([await button.innerText(), await theme()], ['Theme: dark', 'dark']);
    await page.reload();
    await button.waitFor();
    assert.equal(await theme(), 'dark');
  });

  it('moves nothing for who wants nothing moved', async () => {
    const page = await console.open('viewer', 'overview', { reducedMotion: 'reduce' });
    const moving = await page.evaluate(() =>
      [...document.querySelectorAll('*')]
        .filter((element) => {
          const { transitionDuration, animationName } = getComputedStyle(element);
          return animationName !== 'none' || transitionDuration !== '0s';
        })
        .map(({ outerHTML }) => outerHTML.slice(0, 80)),
    );
    assert.deepEqual(moving, []);
  });

  it('is used by keyboard alone: signing in, reading, finding, explaining, removing, leaving', async () => {
    const page = await console.visit();
    const { keyboard } = page;
    const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
    const tabTo = async (text: string) => {
      for (let stops = 0; stops < 60; stops++) {
        if ((await focused()) === text) return;
        await keyboard.press('Tab');
      }
      assert.fail(`Tab never came to ${text}`);
    };
    await page.goto(console.operator.url);
    await page.getByLabel('Name').waitFor();
    await keyboard.type('operator');
    await keyboard.press('Tab');
    await keyboard.type('the secret of the operator');
    await keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Overview' }).waitFor();

    await page.reload();
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    await keyboard.press('Tab');
    assert.equal(await focused(), 'Skip to the content');
    await keyboard.press('Enter');
    assert.equal(await focused(), 'Overview');

    await keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
    await keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    assert.equal(await focused(), 'Overview');

    await keyboard.press('g');
    await keyboard.press('e');
    await page.getByRole('row', { name: /When is sunset/ }).waitFor();
    assert.equal(await focused(), 'Cache browser');
    await keyboard.press('/');
    await keyboard.type('question 9: who');
    await page.getByRole('row', { name: /Question 9:/ }).waitFor();
    while ((await page.evaluate(() => document.activeElement?.getAttribute('role'))) !== 'grid')
      await keyboard.press('Tab');
    await keyboard.press('ArrowDown');
    await keyboard.press('ArrowUp');
    await keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Question 9: who brings the rings?' }).waitFor();
    assert.equal(await focused(), 'Question 9: who brings the rings?');
    await tabTo('Remove …');
    await keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    while ((await page.evaluate(() => document.activeElement?.getAttribute('type'))) !== 'checkbox')
      await keyboard.press('Tab');
    await keyboard.press('Space');
    await tabTo('Remove for good');
    await keyboard.press('Enter');
    await page.getByText('1 answer removed.').waitFor();
    assert.equal((await console.engine.entries({ vendorId: 'smith', limit: 200 })).entries.length, 39);

    await keyboard.press('Escape');
    await tabTo('Sign out');
    await keyboard.press('Enter');
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
  });

  it('lets single keys be turned off', async () => {
    const page = await console.open('viewer', 'overview');
    await page.keyboard.press('?');
    await page.getByLabel('Single keys do something').uncheck();
    await page.getByRole('button', { name: 'Close' }).click();
    await page.keyboard.press('?');
    await page.keyboard.press('g');
    await page.keyboard.press('b');
    assert.equal(await page.getByRole('dialog').count(), 0);
    assert.equal(new URL(page.url()).pathname, '/');
  });
});
