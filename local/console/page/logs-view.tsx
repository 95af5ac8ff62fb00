import type { ShownLogLine } from '../console-state.ts';
import { Badge } from './badge.tsx';
import { useAnswer } from './call.ts';
import { useConsole } from './console-context.ts';
import { Data } from './data.tsx';
import { Unfolding } from './fold.tsx';
import { TitledTable } from './table.tsx';
import { clockText } from './time-text.ts';

/** What the functions wrote, newest first. The server keeps many lines and filters them; the page reads the newest. */
export const Logs = () => {
  const { state, address } = useConsole();
  const find = address['logs.find'] ?? '';
  const lines = useAnswer<readonly ShownLogLine[]>(
    `/_local/console/logs?${new URLSearchParams({ find })}`,
    state.logCount,
  );
  return (
    <TitledTable
      name="logs"
      title="Function logs"
      columns={['Time', 'Function', 'Level', 'Line']}
      items={lines ?? []}
      keyOf={({ number }) => number}
      cells={({ at, functionName, level, text, message }) => [
        clockText(at),
        functionName,
        <Badge of={level} />,
        <Unfolding class="line" summary={text}>
          {() => <Data value={message} />}
        </Unfolding>,
      ]}
    />
  );
};
