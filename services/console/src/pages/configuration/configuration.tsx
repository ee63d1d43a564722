import { allows, type Configuration } from '@wedsync/region-operator/wire';
import { useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { useLoaded } from '../../loading.ts';
import { Notice, Waiting } from '../../parts/notice.tsx';
import { session } from '../../session.ts';
import { useStore } from '../../store.ts';
import { Frozen } from '../frozen.tsx';
import { Heading } from '../heading.tsx';
import { ChangeDialog } from './change-dialog.tsx';
import { describe, type Setting, SETTINGS } from './settings.ts';

/** The engines' settings: for all to see, for an admin to change. */
export function ConfigurationPage() {
  const who = useStore(session);
  const [loaded, reload, set] = useLoaded(api.configuration);
  const mayChange = who != null && allows(who.role, 'admin');
  return (
    <>
      <Heading>Configuration</Heading>
      <Frozen />
      <p class="about">
        These settings hold on all cache engines of the region, from the next question on.{' '}
        {!mayChange && `You are signed in as ${who?.role}, which may look; an admin may change them.`}
      </p>
      {loaded.state === 'loading' && <Waiting what="Reading the settings" />}
      {loaded.state === 'refused' && (
        <Notice kind="trouble" onRetry={reload}>
          {loaded.why}
        </Notice>
      )}
      {loaded.state === 'there' && <Settings values={loaded.value} mayChange={mayChange} onChanged={set} />}
    </>
  );
}

interface SettingsProps {
  readonly values: Configuration;
  readonly mayChange: boolean;
  readonly onChanged: (values: Configuration) => void;
}

function Settings({ values, mayChange, onChanged }: SettingsProps) {
  const [changing, setChanging] = useState<Setting>();
  const [said, setSaid] = useState('');
  const changed = (setting: Setting, now: Configuration) => {
    setChanging(undefined);
    setSaid(`${setting.title}: ${describe(setting, now[setting.name])}, on all engines.`);
    onChanged(now);
  };
  return (
    <>
      <ul class="settings">
        {SETTINGS.map((setting) => (
          <li key={setting.name}>
            <div>
              <h2>{setting.title}</h2>
              <p>{setting.about}</p>
            </div>
            <strong>{describe(setting, values[setting.name])}</strong>
            {mayChange && (
              <button type="button" aria-label={`Change ${setting.title}`} onClick={() => setChanging(setting)}>
                Change
              </button>
            )}
          </li>
        ))}
      </ul>
      <p role="status">{said}</p>
      {changing !== undefined && (
        <ChangeDialog
          setting={changing}
          value={values[changing.name]}
          onClose={() => setChanging(undefined)}
          onChanged={(now) => changed(changing, now)}
        />
      )}
    </>
  );
}
