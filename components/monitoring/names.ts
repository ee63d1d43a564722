/** The Secret with Alertmanager's configuration, under the key that its operator looks for. */
export const ALERTMANAGER_SECRET = { name: 'wedsync-alertmanager', key: 'alertmanager.yaml' } as const;
