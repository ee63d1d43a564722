import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import assert from 'node:assert/strict';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { type Clock, systemClock } from '@wedsync/domain';
import { build } from '../../../../services/console/build.ts';
import type { MemoryEngine } from '../../../../services/region-operator/src/adapters/memory-engine.ts';
import type { Engine } from '../../../../services/region-operator/src/ports/engine.ts';
import type { MemoryMetrics } from '../../../../services/region-operator/src/adapters/memory-metrics.ts';
import { PAGES, type Role } from '../../../../services/region-operator/src/wire.ts';
import { startChromium } from '../../../support/browser/chromium.ts';
import { secretOf, startOperator, type TestOperator } from '../../region-operator/support/operator.ts';
import { calmMetrics, engineWith } from './scene.ts';

/** Milliseconds between two looks of the operator: soon, for a person who waits for a test. */
const POLL = 300;

/** The console as it is built, in a folder of its own. */
export async function builtConsole(): Promise<{ readonly folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'console-'));
  await build(folder);
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

export interface ConsoleWishes {
  readonly folder: string;
  /** Entries of the vendor smith. @default 40 */
  readonly entries?: number;
  /** Whom the operator asks instead of the engine in memory. */
  readonly engine?: Engine;
  /** The operator's. @default the system's */
  readonly clock?: Clock;
}

/** The operator with a region that is made up, and a browser that opens its console. */
export class TestConsole {
  readonly operator: TestOperator;
  readonly metrics: MemoryMetrics;
  readonly engine: MemoryEngine;
  readonly #browser: Browser;
  readonly #contexts: BrowserContext[] = [];
  /** What pages complained of in their consoles, and what they wanted from elsewhere. */
  readonly complaints: string[] = [];

  private constructor(operator: TestOperator, metrics: MemoryMetrics, engine: MemoryEngine, browser: Browser) {
    this.operator = operator;
    this.metrics = metrics;
    this.engine = engine;
    this.#browser = browser;
  }

  static async start({
    folder,
    entries = 40,
    engine: asked,
    clock = systemClock,
  }: ConsoleWishes): Promise<TestConsole> {
    const browser = await startChromium();
    const metrics = calmMetrics();
    const engine = engineWith(entries);
    const wishes = { metrics, engine: asked ?? engine, clock, consoleDirectory: folder, pollEvery: POLL };
    return new TestConsole(await startOperator(wishes), metrics, engine, browser);
  }

  /** A browser of its own, that nobody is signed in with. */
  async visit(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.#browser.newContext({
      viewport: { width: 1280, height: 800 },
      locale: 'en-GB',
      ...options,
    });
    this.#contexts.push(context);
    const page = await context.newPage();
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('request', (request) => {
      if (!request.url().startsWith(this.operator.url)) this.complaints.push(`asked for ${request.url()}`);
    });
    page.on('console', (message) => {
      // What the server refuses is shown to the person; the browser notes it all the same.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        this.complaints.push(message.text());
    });
    return page;
  }

  /** A page of the console, opened by somebody with this role; `query` as `?vendor=smith`. */
  async open(role: Role, name: keyof typeof PAGES, options?: BrowserContextOptions, query = ''): Promise<Page> {
    const page = await this.visit(options);
    await page.goto(this.operator.url + PAGES[name] + query);
    await page.getByLabel('Name').fill(role);
    await page.getByLabel('Password or token').fill(secretOf(role));
    await page.getByRole('button', { name: 'Sign in' }).click();
    // The page before has a heading too. By when the title is that of the page, the page listens for keys.
    await page.waitForFunction(() => document.title !== '' && !document.title.startsWith('Sign in'));
    await page.getByRole('heading', { level: 1 }).waitFor();
    return page;
  }

  async leave(): Promise<void> {
    await Promise.all(this.#contexts.splice(0).map((context) => context.close()));
  }

  async close(): Promise<void> {
    await this.leave();
    await this.#browser.close();
    await this.operator.close();
  }
}

/** Rules of WCAG 2.2 at AA, and what axe thinks is good practice. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Fails with what axe finds wrong with the page as it is now. */
export async function assertAccessible(page: Page, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  const found = violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' | ')}`);
  assert.deepEqual(found, [], what);
}
