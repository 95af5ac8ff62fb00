import { useEffect, useState } from 'preact/hooks';
import type { ConsoleState } from '../console-state.ts';
import { ActivityLog } from './activity-log.tsx';
import { useAddress } from './address.ts';
import { Shared } from './console-context.ts';
import { Controls } from './controls.tsx';
import { FleetPanel } from './fleet.tsx';
import { watch } from './live.ts';
import { Masthead } from './masthead.tsx';
import { usePerform } from './perform.ts';
import { chosenExecution } from './selection.ts';
import { Views } from './views.tsx';

/** The whole page. */
export const Console = () => {
  const [state, setState] = useState<ConsoleState>();
  const [isConnected, setConnected] = useState(false);
  const [address, go] = useAddress();
  const [perform, outcome] = usePerform();
  useEffect(() => watch({ onState: setState, onConnection: setConnected }), []);

  if (state === undefined) return <p class="waiting">Waiting for the local cloud …</p>;
  const chosen = chosenExecution(state.lives, address);
  return (
    <Shared.Provider value={{ state, address, go, chosen, perform }}>
      <button type="button" class="skip" onClick={() => document.getElementById('fleet')?.focus()}>
        Skip to the fleet
      </button>
      <Masthead isConnected={isConnected} />
      <Controls />
      <main>
        <FleetPanel />
        <ActivityLog state={state} />
        <Views />
      </main>
      <p class="outcome" role="status" data-done={outcome?.isDone}>
        {outcome?.text}
      </p>
    </Shared.Provider>
  );
};
