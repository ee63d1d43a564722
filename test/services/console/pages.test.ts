import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { TestClock } from '../cache-engine/support/doubles.ts';
import { assertAccessible, builtConsole, TestConsole } from './support/console.ts';
import { CALM, REDIS_DOWN } from './support/scene.ts';

describe('The console in a browser', function () {
  this.timeout(60_000);
  let built: Awaited<ReturnType<typeof builtConsole>>;
  let console: TestConsole;
  before(async () => {
    built = await builtConsole();
    console = await TestConsole.start({ folder: built.folder });
  });
  afterEach(async () => {
    await console.leave();
    console.metrics.up = true;
    console.metrics.alerts = CALM;
    console.engine.up = true;
    assert.deepEqual(console.complaints.splice(0), []);
  });
  after(async () => {
    await console?.close();
    await built?.remove();
  });

  const see = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();

  describe('signing in', () => {
    it('says what is wrong, and then lets in', async () => {
      const page = await console.visit();
      await page.goto(console.operator.url);
      await page.getByLabel('Name').fill('viewer');
      assert.equal(await page.title(), 'Sign in · WedSync console');
      await page.getByLabel('Password or token').fill('wrong');
      await page.keyboard.press('Enter');
      await page.getByRole('alert').waitFor();
      assert.match(await page.getByRole('alert').innerText(), /no account with this name and this secret/);
      await page.getByLabel('Password or token').fill('the secret of the viewer');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('heading', { name: 'Overview' }).waitFor();
      await page.reload();
      await page.getByRole('heading', { name: 'Overview' }).waitFor();
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByRole('button', { name: 'Sign in' }).waitFor();
      await page.reload();
      await page.getByRole('button', { name: 'Sign in' }).waitFor();
    });
  });

  describe('the overview', () => {
    it('shows hits by tier and season, latencies, the origin and Redis, and follows the region', async () => {
      const page = await console.open('viewer', 'overview');
      await see(page, '98.0 %');
      await see(page, /All well/);
      const tiers = page.getByRole('region', { name: 'Answers by tier' }).getByRole('row');
      const [, hot] = await tiers.allInnerTexts();
      assert.match(hot ?? '', /Hot tier \(memory\)\s+40\s+80.0\s%/);
      await see(page, 'closed: calls go through');
      assert.equal(await page.getByRole('region', { name: 'Redis nodes' }).getByRole('row').count(), 1 + 3);
      const map = page.getByRole('region', { name: 'Region map' });
      const places = (await map.locator('.map > li').allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' '));
      assert.deepEqual(places, [
        'Vendors 52 requests a second',
        'Engines 2 running, 80 % from their memory ✓ reach Redis',
        'Redis 8 answers a second redis-cache ✓ master ✓ master ✓ master',
        'Origin 1 call a second ✓ assistant: called',
      ]);
      await page
        .getByRole('img', { name: /Time to answer over the last hour; now 50 % 0.4\sms, 95 % 12\sms/ })
        .waitFor();

      console.metrics.alerts = [...CALM, REDIS_DOWN];
      await see(page, 'A Redis master is down');
      const runbook = page.getByRole('region', { name: 'Alerts' }).getByRole('link', { name: 'Runbook' });
      assert.equal(await runbook.getAttribute('href'), 'https://runbook.example/#redismasterdown');
      console.metrics.alerts = CALM;
      await see(page, 'No alert fires.');
    });

    it('says that Prometheus is away, and of when the figures are', async () => {
      const page = await console.open('viewer', 'overview');
      await see(page, '98.0 %');
      console.metrics.up = false;
      await see(page, /Prometheus does not answer.*Figures are not of now but of \d\d:\d\d:\d\d/);
      await see(page, 'No figures');
      await assertAccessible(page, 'without Prometheus');
      console.metrics.up = true;
      await see(page, /All well/);
    });

    it('says that the connection was lost, and comes back by itself', async () => {
      const page = await console.open('viewer', 'overview');
      await see(page, '98.0 %');
      console.operator.services.hub.close();
      await see(page, /The connection to the region was lost/);
      await page.getByText(/The connection to the region was lost/).waitFor({ state: 'detached' });
    });
  });

  describe('the objectives', () => {
    it('show what is promised, kept, and left of the budget', async () => {
      const page = await console.open('viewer', 'objectives');
      const availability = page.getByRole('region', { name: 'Availability', exact: true });
      await availability.getByText('Error budget left: 80 %').waitFor();
      assert.match(await availability.innerText(), /Promised\s+99.95\s%\s+Kept, 30 days\s+99.990\s%\s+Now\s+promised/);
      await page.getByRole('region', { name: 'Hit rate' }).getByText('Kept, with little to spare').waitFor();
      const headings = page.getByRole('heading', { level: 2 });
      assert.deepEqual(await headings.allInnerTexts(), ['Availability', 'Hit rate', 'Availability, peak season']);
      const peak = await page.getByRole('region', { name: 'Availability, peak season' }).innerText();
      assert.match(peak, /Not promised at present[^]*Kept, 30 days\s+nothing was asked while promised/);
    });
  });

  describe('the wedding-day board', () => {
    it('says one word, why, and which day is frozen next', async () => {
      const page = await console.open('viewer', 'board');
      await see(page, /All well/);
      await see(page, /Next frozen day:|Nothing may be changed/);
      console.metrics.alerts = [...CALM, REDIS_DOWN];
      await page.locator('.board.act').waitFor();
      await see(page, 'A Redis master is down');
      await assertAccessible(page, 'the board while an alert fires');
      console.metrics.alerts = CALM;
      await page.getByRole('link', { name: 'Leave the board' }).click();
      await page.getByRole('heading', { name: 'Overview' }).waitFor();
    });

    it('shows no figures while it says that there are none', async () => {
      const page = await console.open('viewer', 'board');
      await see(page, '98.0 %');
      console.metrics.up = false;
      await page.getByText('98.0 %').waitFor({ state: 'detached' });
      await see(page, 'No figures');
      await see(page, /Prometheus does not answer/);
    });

    it('does not say that all is well when nobody would notice otherwise', async () => {
      console.metrics.alerts = [];
      const page = await console.open('viewer', 'board');
      await see(page, /Nobody works out the alert rules/);
    });
  });

  describe('the cache browser', () => {
    it('tells why another wording counts as the same', async () => {
      const page = await console.open('viewer', 'entries');
      await page.getByRole('row', { name: /At what time does the sun set/ }).click();
      const details = page.getByRole('region', { name: 'At what time does the sun set?' });
      await details.getByText('the judge small-judge').waitFor();
      assert.match(await details.innerText(), /Answered by\s+When is sunset\?/);
      assert.match(await details.innerText(), /Similarity\s+0\.934/);
      await details.getByText('Removing takes the role operator or admin.').waitFor();
      assert.equal(await page.getByRole('button', { name: /Remove/ }).count(), 0);
    });

    it('explains a question with its near misses', async () => {
      const page = await console.open('viewer', 'entries');
      await page.getByRole('row', { name: /When is sunset/ }).click();
      await page.getByLabel('Question, in any wording').fill('When does dusk fall?');
      await page.getByLabel('Wedding', { exact: true }).last().fill('w1');
      await page.getByRole('button', { name: 'Explain' }).click();
      await see(page, 'A miss: the origin would be asked.');
      const rows = await page.getByRole('list', { name: 'Near misses' }).getByRole('listitem').allInnerTexts();
      assert.match(rows[0] ?? '', /When is sunset\?\s+0\.810, too far away/);
      await see(page, 'no: it is asked for a wedding or a place');
      assert.match(rows[1] ?? '', /0\.880, asks about something else\s+subject: stored bar, asked dusk/);
      await assertAccessible(page, 'an explanation');
      assert.equal(await page.getByText('This entry would not be looked at').count(), 0);
      await page.getByLabel('Question, in any wording').fill('When does dusk fall elsewhere?');
      await page.getByRole('button', { name: 'Explain' }).click();
      await see(
        page,
        /This entry would not be looked at: it belongs to another wedding or date, or was asked as a chat/,
      );
      await assertAccessible(page, 'an explanation of another frame');
    });

    it('removes an answer only when one is sure, with the wordings that led to it', async () => {
      const page = await console.open('operator', 'entries');
      await page.getByLabel('Find among these').fill('question 7: who');
      await page.getByRole('row', { name: /Question 7:/ }).click();
      await page.getByRole('button', { name: 'Remove …' }).click();
      const dialog = page.getByRole('dialog', { name: 'Remove this answer' });
      assert.equal(await dialog.getByRole('button', { name: 'Remove for good' }).isEnabled(), false);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Remove …' }).click();
      await dialog.getByLabel(/Remove it for vendor smith/).check();
      await assertAccessible(page, 'the dialog that removes');
      await dialog.getByRole('button', { name: 'Remove for good' }).click();
      await see(page, '1 answer removed. Every engine confirmed it.');
      const left = await console.engine.entries({ vendorId: 'smith', limit: 200 });
      assert.equal(
        left.entries.some(({ question }) => question.startsWith('Question 7:')),
        false,
      );
      assert.equal(left.entries.length, 39);
    });

    it('removes by pattern', async () => {
      const page = await console.open('admin', 'entries');
      await page.getByRole('button', { name: 'Remove by pattern …' }).click();
      await page.getByLabel(/Questions that match/).fill('Question 3*');
      await page.getByLabel(/Remove it for vendor smith/).check();
      await page.getByRole('button', { name: 'Remove for good' }).click();
      await see(page, '11 answers removed. Every engine confirmed it.');
      assert.equal(await page.getByRole('row', { name: /Question 3/ }).count(), 0);
    });

    it('says that the engine is away, and tries again when told to', async () => {
      console.engine.up = false;
      const page = await console.open('viewer', 'entries');
      await see(page, /The cache engine does not answer/);
      console.engine.up = true;
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByRole('row', { name: /When is sunset/ }).waitFor();
    });
  });

  describe('the configuration', () => {
    it('can be read by a viewer', async () => {
      const page = await console.open('viewer', 'configuration');
      await see(page, 'Hits that are judged again');
      await see(page, /You are signed in as viewer, which may look/);
      assert.equal(await page.getByRole('button', { name: /^Change/ }).count(), 0);
    });

    it('is changed by an admin who saw what it was and what it will be', async () => {
      const page = await console.open('admin', 'configuration');
      await page.getByRole('button', { name: 'Change Hits that are judged again' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('Now 5 %.').waitFor();
      assert.equal(await dialog.getByRole('button', { name: 'Change it' }).isEnabled(), false);
      const field = dialog.getByLabel('New value, per cent');
      assert.equal(await field.inputValue(), '5');
      await field.fill('');
      await dialog.getByText('Now 5 %.').waitFor();
      await field.fill('25');
      await dialog.getByText('Now 5 %, then').waitFor();
      await assertAccessible(page, 'the dialog that changes a setting');
      await dialog.getByRole('button', { name: 'Change it' }).click();
      await see(page, 'Hits that are judged again: 25 %, on all engines.');
      assert.equal((await console.engine.configuration()).sampleRate, 0.25);
    });
  });

  describe('on a frozen day', () => {
    it('says on the board, where one looks and where one could change something that nothing may be changed', async () => {
      const saturday = await TestConsole.start({ folder: built.folder, clock: new TestClock('2026-08-22T20:00:00Z') });
      try {
        const page = await saturday.open('admin', 'overview');
        const words = 'Nothing may be changed until 23 Aug 2026, 00:00: Saturday 22 August 2026.';
        await see(page, words);
        await assertAccessible(page, 'the overview of a frozen day');
        await page.getByRole('link', { name: 'Configuration' }).click();
        await see(page, words);
        await page.getByRole('link', { name: 'Wedding-day board' }).click();
        await see(page, /Nothing may be changed for another .*, until 23 Aug 2026, 00:00: Saturday 22 August 2026/);
        assert.deepEqual(saturday.complaints, []);
      } finally {
        await saturday.close();
      }
    });
  });
});
