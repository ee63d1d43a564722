import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dashboards } from '../../../components/monitoring/dashboards/all.ts';
import { FIGURES, GROUPS } from './region.ts';

const DOCS = new URL('../../../docs/', import.meta.url);
const TEXT = readFileSync(new URL('runbook.md', DOCS), 'utf8');
const ALERTS = [...new Set(GROUPS.flatMap(({ alerts = [] }) => alerts.map(({ name }) => name)))];
/** Headings of the third level are alerts, by name; of the second, what they are about. */
const SECTIONS = TEXT.split(/^### /m)
  .slice(1)
  .map((text) => ({ name: text.split('\n', 1)[0] ?? '', text: text.split(/^## /m, 1)[0] ?? '' }));

/** As GitHub makes them. */
function anchors(text: string): Set<string> {
  const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\w\s-]/g, '')
        .replaceAll(' ', '-'),
    ),
  );
}

describe('the runbook', () => {
  it('has a section for every alert, and none that no alert leads to', () => {
    assert.deepEqual(SECTIONS.map(({ name }) => name).sort(), [...ALERTS].sort());
  });

  for (const { name, text } of SECTIONS) {
    it(`says of ${name} what it means, where to look, what to do and when to call`, () => {
      const parts = [...text.matchAll(/^- \*\*(\w+)\*\* \S/gm)].map(([, part]) => part);
      assert.deepEqual(parts, ['Means', 'Look', 'Do', 'Call']);
    });
  }

  it('leads nowhere that is not there', () => {
    for (const [, file, anchor] of TEXT.matchAll(/\]\(([\w-]+\.md)?#?([\w-]*)\)/g)) {
      const target = file === undefined ? TEXT : readFileSync(new URL(file, DOCS), 'utf8');
      if (anchor) assert.ok(anchors(target).has(anchor), `${file ?? ''}#${anchor}`);
    }
  });

  it('names dashboards, rows and panels as they are called', () => {
    const titles = dashboards(FIGURES).flatMap(({ title, rows }) => [
      title,
      ...rows.flatMap((row) => [row.title, ...row.panels.map((panel) => panel.title)]),
    ]);
    // What Kubernetes, Grafana and the start say.
    const theirs = ['Pending', 'ContainerCreating', 'ImagePullBackOff', 'CrashLoopBackOff', 'Last State'];
    const others = ['Alerts', 'Logs', 'Burn rate'];
    const named = [...TEXT.matchAll(/(?<![\w`])_([A-Z][^_\n]*)_(?!\w)/g)].map(([, title = '']) => title);
    assert.ok(named.length > 50);
    const known = new Set([...titles, ...theirs, ...others]);
    assert.deepEqual(
      named.filter((title) => !known.has(title)),
      [],
    );
  });
});
