import { Dialog } from '../parts/dialog.tsx';
import { useStore } from '../store.ts';
import { helpOpen, SHORTCUTS, shortcutsOn } from './shortcuts.ts';

/** The keys, and the switch that turns them off. */
export function Help() {
  const on = useStore(shortcutsOn);
  if (!useStore(helpOpen)) return null;
  const close = () => helpOpen.set(false);
  return (
    <Dialog title="Keyboard" onClose={close}>
      <dl class="keys">
        {SHORTCUTS.map(([keys, does]) => (
          <div key={keys}>
            <dt>
              {keys.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <label class="switch">
        <input type="checkbox" checked={on} onChange={({ currentTarget }) => shortcutsOn.set(currentTarget.checked)} />
        Single keys do something
      </label>
      <div class="buttons">
        <button type="button" onClick={close}>
          Close
        </button>
      </div>
    </Dialog>
  );
}
