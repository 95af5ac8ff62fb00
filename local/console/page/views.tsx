import type { ComponentType } from 'preact';
import type { ConsoleState } from '../console-state.ts';
import { Account } from './account.tsx';
import { useConsole } from './console-context.ts';
import { Faults } from './faults-view.tsx';
import { Inspector } from './inspector.tsx';
import { Logs } from './logs-view.tsx';
import { Jobs, Registrations, Runs, SchedulesPanel } from './records.tsx';
import { Tabs } from './tabs.tsx';

interface View {
  readonly text: string;
  readonly count?: (state: ConsoleState) => number;
  readonly Content: ComponentType;
}

/** By their names in the page's address; the first one has none. */
const views: Readonly<Record<string, View>> = {
  '': { text: 'Execution', Content: Inspector },
  logs: { text: 'Logs', Content: Logs },
  jobs: { text: 'Jobs', count: ({ jobs }) => jobs.length, Content: Jobs },
  runs: { text: 'Runs', count: ({ runs }) => runs.length, Content: Runs },
  registrations: {
    text: 'Registrations',
    count: ({ registrations }) => registrations.length,
    Content: Registrations,
  },
  schedules: { text: 'Schedules', count: ({ schedules }) => schedules.length, Content: SchedulesPanel },
  faults: { text: 'Faults', count: ({ faults }) => faults.length, Content: Faults },
  account: {
    text: 'Account',
    count: ({ alarms }) => alarms.filter(({ state }) => state === 'ALARM').length,
    Content: Account,
  },
};

/** Whatever can be looked at, one at a time. */
export const Views = () => {
  const { state, address, go } = useConsole();
  const chosen = address['view'] ?? '';
  const name = views[chosen] === undefined ? '' : chosen;
  const { Content } = views[name] as View;
  const tabs = Object.entries(views).map(([key, { text, count }]) => ({
    name: key,
    text,
    count: count?.(state) ?? 0,
  }));
  return (
    <section class="panel views" aria-labelledby="views-title">
      <h2 class="unseen" id="views-title">
        Details
      </h2>
      <Tabs tabs={tabs} chosen={name} onChoose={(view) => go({ view })}>
        <Content />
      </Tabs>
    </section>
  );
};
