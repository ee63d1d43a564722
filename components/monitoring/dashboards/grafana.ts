/**
 * Dashboards as Grafana takes them from a file: its classic form, which the sidecar of its chart puts beside it. (What the SDK would rather have
 * built, `dashboardv2`, only Grafana's API takes.)
 */
import {
  BigValueColorMode,
  BigValueGraphMode,
  BigValueTextMode,
  GraphGradientMode,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import {
  AnnotationQueryBuilder,
  type Dashboard as GrafanaDashboard,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  DatasourceVariableBuilder,
  MappingType,
  RowBuilder,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TimeSeriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { WEDDING_DAY } from '../rules.ts';
import { PAGES } from './figures.ts';
import { grid, type Place } from './grid.ts';
import type { Dashboard, Panel, Threshold } from './panel.ts';

/** Whoever looks chooses the Prometheus, where Grafana has several; the only variable there is. */
const SOURCE = 'prometheus';
const DATASOURCE = { type: 'prometheus', uid: `\${${SOURCE}}` } as const;
/** By which dashboards find each other. */
const TAG = 'wedsync';
const REFRESH = '30s';

/** @param runbook where docs/runbook.md is read: a path or an address. */
export function grafanaDashboard(dashboard: Dashboard, runbook: string): GrafanaDashboard {
  const { name, title, description, back } = dashboard;
  const builder = new DashboardBuilder(title)
    .uid(`wedsync-${name}`)
    .description(description)
    .tags([TAG])
    .timezone('browser')
    .readonly()
    .refresh(REFRESH)
    .time({ from: `now-${back}`, to: 'now' })
    .tooltip(DashboardCursorSync.Crosshair)
    .withVariable(new DatasourceVariableBuilder(SOURCE).label('Prometheus').type('prometheus'))
    .annotation(annotation('Wedding days', `${WEDDING_DAY} == 1`, 'Wedding day', 'purple'))
    .annotation(annotation('Pages', PAGES, '{{alertname}}', 'red'))
    .link(
      new DashboardLinkBuilder('The region’s dashboards')
        .type(DashboardLinkType.Dashboards)
        .tags([TAG])
        .asDropdown(true)
        .keepTime(true)
        .includeVars(true),
    );
  if (URL.canParse(runbook))
    builder.link(
      new DashboardLinkBuilder('Runbook').type(DashboardLinkType.Link).icon('doc').url(runbook).targetBlank(true),
    );
  for (const { title, at, id, panels } of grid(dashboard.rows)) {
    builder.withRow(new RowBuilder(title).id(id).gridPos(at));
    for (const placed of panels) builder.withPanel(grafanaPanel(placed, runbook));
  }
  return builder.build();
}

function annotation(name: string, expr: string, title: string, colour: string): AnnotationQueryBuilder {
  return new AnnotationQueryBuilder()
    .name(name)
    .datasource(DATASOURCE)
    .enable(true)
    .iconColor(colour)
    .expr(expr)
    .step('60s')
    .titleFormat(title);
}

function grafanaPanel({ panel, id, at }: Place, runbook: string): StatBuilder | TimeSeriesBuilder {
  const { title, unit, range = {}, thresholds = [], words } = panel;
  const builder = panel.shape === 'figure' ? figureBuilder() : linesBuilder(panel);
  builder
    .id(id)
    .title(title)
    .description(describe(panel, runbook))
    .datasource(DATASOURCE)
    .gridPos(at)
    .unit(unit)
    .targets(panel.queries.map((_, index) => target(panel, index)));
  if (thresholds.length > 0) builder.thresholds(grafanaThresholds(thresholds));
  if (panel.decimals !== undefined) builder.decimals(panel.decimals);
  if (range.from !== undefined) builder.min(range.from);
  if (range.to !== undefined) builder.max(range.to);
  if (words !== undefined) {
    const options = Object.fromEntries(Object.entries(words).map(([value, text]) => [value, { text }]));
    builder.mappings([{ type: MappingType.ValueToText, options }]);
  }
  return builder;
}

function figureBuilder(): StatBuilder {
  return new StatBuilder()
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']))
    .graphMode(BigValueGraphMode.None)
    .colorMode(BigValueColorMode.Value)
    .textMode(BigValueTextMode.Auto);
}

function linesBuilder({ shape, thresholds }: Panel): TimeSeriesBuilder {
  const builder = new TimeSeriesBuilder()
    .lineWidth(1)
    .fillOpacity(shape === 'layers' ? 40 : 0)
    .gradientMode(GraphGradientMode.None)
    .showPoints(VisibilityMode.Never)
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .showLegend(true),
    )
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending));
  if (shape === 'layers') builder.stacking(new StackingConfigBuilder().mode(StackingMode.Normal));
  if (thresholds !== undefined)
    builder.thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed));
  return builder;
}

function target({ queries, shape }: Panel, index: number): DataqueryBuilder {
  const { expr, legend } = queries[index] as Panel['queries'][number];
  const builder = new DataqueryBuilder()
    .refId(String.fromCharCode('A'.charCodeAt(0) + index))
    .datasource(DATASOURCE)
    .expr(expr)
    .legendFormat(legend);
  return shape === 'figure' ? builder.instant() : builder.range();
}

function grafanaThresholds(thresholds: readonly Threshold[]): ThresholdsConfigBuilder {
  return new ThresholdsConfigBuilder()
    .mode(ThresholdsMode.Absolute)
    .steps(thresholds.map(({ from, colour }) => ({ value: from, color: colour })));
}

/** Grafana shows it as Markdown. */
function describe({ question, alert }: Panel, runbook: string): string {
  if (alert === undefined) return question;
  const section = `${runbook}#${alert.toLowerCase()}`;
  return `${question}\n\nWhat to do: ${URL.canParse(runbook) ? `[${alert}](${section})` : section}`;
}
