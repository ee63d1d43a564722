import { cacheDashboard } from './cache.ts';
import type { DashboardFigures } from './figures.ts';
import { grafanaDashboard } from './grafana.ts';
import type { Dashboard } from './panel.ts';
import { redisDashboard } from './redis.ts';
import { regionDashboard } from './region.ts';
import { seasonDashboard } from './season.ts';
import { objectivesDashboard } from './slo.ts';
import { weddingDayDashboard } from './wedding-day.ts';

/** The dashboards of a region. */
export function dashboards(figures: DashboardFigures): Dashboard[] {
  return [
    regionDashboard(figures),
    weddingDayDashboard(figures),
    cacheDashboard(figures),
    redisDashboard(figures),
    objectivesDashboard(),
    seasonDashboard(figures),
  ];
}

/** Each as the file that Grafana reads, under a name that no other has: the sidecar puts all files into one folder. */
export function dashboardFiles(figures: DashboardFigures, runbook: string): { name: string; text: string }[] {
  return dashboards(figures).map((dashboard) => ({
    name: dashboard.name,
    text: JSON.stringify(grafanaDashboard(dashboard, runbook)),
  }));
}
