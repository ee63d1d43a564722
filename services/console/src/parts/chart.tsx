import type { HistoryLine } from '@wedsync/region-operator/wire';
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { hourAndMinute } from '../format.ts';
import { shownTheme } from '../shell/theme.ts';
import { useStore } from '../store.ts';

const HEIGHT = 180;
/** Lines are told apart by their dashes too. */
const DASHES: readonly (readonly number[])[] = [[], [8, 4], [2, 3]];

interface ChartProps {
  readonly title: string;
  /** Epoch seconds. */
  readonly instants: readonly number[];
  readonly lines: readonly HistoryLine[];
  readonly format: (value: number | null | undefined) => string;
  /** The ends of the scale. @default from 0 to what is there */
  readonly range?: readonly [number, number];
}

/** Lines over time. What it shows is said in words as well, since a drawing says nothing to who cannot see it. */
export function Chart({ title, instants, lines, format, range }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const shown = useStore(shownTheme);
  const names = lines.map(({ name }) => name).join('|');

  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const colour = (name: string) => getComputedStyle(element).getPropertyValue(name).trim();
    const axis = { stroke: colour('--muted'), grid: { stroke: colour('--line'), width: 1 }, ticks: { show: false } };
    plot.current = new uPlot(
      {
        width: element.clientWidth,
        height: HEIGHT,
        legend: { show: false },
        cursor: { show: false },
        scales: { y: { range: (_plot, _least, most) => [...(range ?? [0, most > 0 ? most * 1.1 : 1])] } },
        padding: [8, 20, 0, 0],
        axes: [
          { ...axis, size: 28, values: (_plot, instants) => instants.map(timeAt) },
          { ...axis, size: 56, values: (_plot, values) => values.map(format) },
        ],
        series: [
          {},
          ...lines.map((_, line) => ({
            stroke: colour(`--line-${line + 1}`),
            width: 2,
            dash: [...(DASHES[line] ?? [])],
            points: { show: false },
          })),
        ],
      },
      dataOf(instants, lines),
      element,
    );
    const resized = new ResizeObserver(() => plot.current?.setSize({ width: element.clientWidth, height: HEIGHT }));
    resized.observe(element);
    return () => {
      resized.disconnect();
      plot.current?.destroy();
    };
  }, [shown, names]);

  useEffect(() => plot.current?.setData(dataOf(instants, lines)), [instants, lines]);

  const latest = lines.map(({ name, values }) => `${name} ${format(values.findLast((value) => value !== null))}`);
  return (
    <figure class="chart">
      <div ref={place} role="img" aria-label={`${title} over the last hour; now ${latest.join(', ')}`} />
      {lines.length > 1 && (
        <figcaption>
          {lines.map(({ name }, line) => (
            <span key={name} class={`key line-${line + 1}`}>
              {name}
            </span>
          ))}
        </figcaption>
      )}
    </figure>
  );
}

function timeAt(instant: number): string {
  return hourAndMinute(new Date(instant * 1000));
}

function dataOf(instants: readonly number[], lines: readonly HistoryLine[]): uPlot.AlignedData {
  return [[...instants], ...lines.map(({ values }) => [...values])];
}
