import { useEffect, useState } from 'preact/hooks';
import type { ConsoleState } from '../console-state.ts';
import { ActivityLog, useActivity } from './activity-log.tsx';
import { Controls } from './controls.tsx';
import { Fleet } from './fleet.tsx';
import { Inspector } from './inspector.tsx';
import { watch } from './live.ts';
import { Masthead } from './masthead.tsx';
import { Records } from './records.tsx';
import { chosenExecution, follow, type Selection } from './selection.ts';

/** The whole page. */
export const Console = () => {
  const [state, setState] = useState<ConsoleState>();
  const [isConnected, setConnected] = useState(false);
  const [selection, setSelection] = useState<Selection>(follow);
  const activity = useActivity(state);
  useEffect(() => watch({ onState: setState, onConnection: setConnected }), []);

  if (state === undefined) return <p class="waiting">Waiting for the local cloud …</p>;
  const chosen = chosenExecution(state.lives, selection);
  return (
    <>
      <a class="skip" href="#fleet">
        Skip to the fleet
      </a>
      <Masthead state={state} isConnected={isConnected} />
      <Controls state={state} />
      <main>
        <Fleet state={state} chosen={chosen?.life} onChoose={(life) => setSelection({ life })} />
        <Records state={state} />
        <Inspector
          drawings={state.drawings}
          chosen={chosen}
          isFollowing={selection === follow}
          onChoose={setSelection}
        />
        <ActivityLog entries={activity} />
      </main>
    </>
  );
};
