import type { FiringAlert } from '@wedsync/region-operator/wire';
import { moment } from '../../format.ts';
import { Panel } from '../../parts/panel.tsx';
import { State } from '../../parts/state.tsx';

interface AlertsProps {
  readonly alerts: readonly FiringAlert[];
  /** Whether rules are worked out at all. */
  readonly watched: boolean;
}

/** What fires, the most urgent first. */
export function Alerts({ alerts, watched }: AlertsProps) {
  return (
    <Panel title="Alerts" wide>
      {!watched && (
        <p>
          <State kind="look">Nobody works out the alert rules: that none fires proves nothing.</State>
        </p>
      )}
      {watched && alerts.length === 0 && <p>No alert fires.</p>}
      {alerts.length > 0 && (
        <ul class="alerts">
          {alerts.map((alert) => (
            <li key={`${alert.name} ${JSON.stringify(alert.labels)}`}>
              <State kind={alert.urgency === 'act' ? 'act' : 'look'}>{alert.urgency === 'act' ? 'Act' : 'Look'}</State>
              <div>
                <strong>{alert.summary}</strong>
                <p>{alert.description}</p>
                <small>
                  {alert.name}, since {moment(alert.since)}
                </small>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
