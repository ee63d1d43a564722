import type { FiringAlert } from '@wedsync/region-operator/wire';
import { moment } from '../../format.ts';
import { Panel } from '../../parts/panel.tsx';
import { State } from '../../parts/state.tsx';

interface AlertsProps {
  readonly alerts: readonly FiringAlert[];
  /** Whether rules are worked out at all. */
  readonly watched: boolean;
}

/** Where it says what to do now: a link where it is on the web, else the path in the repository. */
function Runbook({ at }: { readonly at: string | null }) {
  if (at === null) return null;
  if (!/^https?:/.test(at)) return <>Runbook: {at}</>;
  return (
    <a href={at} target="_blank" rel="noreferrer">
      Runbook
    </a>
  );
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
                  {alert.name}, since {moment(alert.since)}. <Runbook at={alert.runbook} />
                </small>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
