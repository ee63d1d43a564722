/** The Secret with Alertmanager's configuration, under the key that its operator looks for. */
export const ALERTMANAGER_SECRET = { name: 'wedsync-alertmanager', key: 'alertmanager.yaml' } as const;

/** By which the sidecar of Grafana's chart finds the ConfigMaps with dashboards. */
export const DASHBOARD_LABEL = { name: 'grafana_dashboard', value: '1' } as const;
