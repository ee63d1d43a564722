import type { Configuration, ConfigurationChange } from '@wedsync/region-operator/wire';
import { useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { reasonOf } from '../../loading.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Notice } from '../../parts/notice.tsx';
import { describe, type Setting } from './settings.ts';

type Value = Configuration[keyof Configuration];

interface ChangeDialogProps {
  readonly setting: Setting;
  readonly value: Value;
  readonly onClose: () => void;
  readonly onChanged: (configuration: Configuration) => void;
}

/** Asks for another value, and shows before it is set what it is and what it will be. */
export function ChangeDialog({ setting, value, onClose, onChanged }: ChangeDialogProps) {
  const [wanted, setWanted] = useState(value);
  const [why, setWhy] = useState<string>();
  const [busy, setBusy] = useState(false);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setBusy(true);
    const change: ConfigurationChange = { [setting.name]: wanted };
    api
      .configure(change)
      .then(onChanged, (error: unknown) => setWhy(reasonOf(error)))
      .finally(() => setBusy(false));
  };
  // A field that is empty is no number.
  const isChange = wanted !== value && !Number.isNaN(wanted);
  return (
    <Dialog title={`Change: ${setting.title}`} onClose={onClose}>
      <form onSubmit={submit}>
        <p>{setting.about}</p>
        <label for="wanted">{setting.kind.of === 'share' ? 'New value, per cent' : 'New value'}</label>
        <Control setting={setting} value={wanted} onInput={setWanted} />
        <p>
          Now {describe(setting, value)}
          {isChange && (
            <>
              , then <strong>{describe(setting, wanted)}</strong> on all engines of the region
            </>
          )}
          .
        </p>
        {why !== undefined && <Notice kind="trouble">{why}</Notice>}
        <div class="buttons">
          <button type="button" onClick={onClose}>
            Leave it
          </button>
          <button type="submit" class="main" disabled={busy || !isChange}>
            Change it
          </button>
        </div>
      </form>
    </Dialog>
  );
}

interface ControlProps {
  readonly setting: Setting;
  readonly value: Value;
  readonly onInput: (value: Value) => void;
}

function Control({ setting: { kind }, value, onInput }: ControlProps) {
  switch (kind.of) {
    case 'switch':
      return (
        <select
          id="wanted"
          value={String(value)}
          onChange={({ currentTarget }) => onInput(currentTarget.value === 'true')}
        >
          <option value="true">on</option>
          <option value="false">off</option>
        </select>
      );
    case 'choice':
      return (
        <select
          id="wanted"
          value={String(value)}
          onChange={({ currentTarget }) => onInput(currentTarget.value as Value)}
        >
          {Object.entries(kind.choices).map(([choice, words]) => (
            <option key={choice} value={choice}>
              {words}
            </option>
          ))}
        </select>
      );
    case 'share':
      return (
        <input
          id="wanted"
          type="number"
          min={0}
          max={100}
          step={1}
          defaultValue={String(Math.round(Number(value) * 1e4) / 100)}
          required
          onInput={({ currentTarget }) => onInput(currentTarget.valueAsNumber / 100)}
        />
      );
    case 'number':
      return (
        <input
          id="wanted"
          type="number"
          min={kind.least}
          max={kind.most}
          step={kind.step}
          value={Number(value)}
          required
          onInput={({ currentTarget }) => onInput(currentTarget.valueAsNumber)}
        />
      );
  }
}
