import { useState } from 'preact/hooks';
import type { ConsoleState, ShownJob, ShownRegistration, ShownSchedule } from '../console-state.ts';
import { useNow } from './clock.ts';
import { Runs } from './runs.tsx';
import { Table } from './table.tsx';
import { type Tab, Tabs } from './tabs.tsx';
import { clockText, countdownText } from './time-text.ts';

const Registration = ({ registration }: { readonly registration: ShownRegistration }) => (
  <tr>
    <td>{registration.id}</td>
    <td class="code">{registration.name}</td>
    <td>{registration.isOnline ? 'online' : 'offline'}</td>
    <td>{registration.isBusy ? 'busy' : 'idle'}</td>
  </tr>
);

const Job = ({ job }: { readonly job: ShownJob }) => (
  <tr>
    <td>{job.id}</td>
    <td class="code">{job.life ?? job.labels.join(' ')}</td>
    <td data-job={job.status}>{job.status.replace('_', ' ')}</td>
    <td data-conclusion={job.conclusion}>{job.conclusion ?? '—'}</td>
  </tr>
);

const Schedule = ({ schedule: { name, at } }: { readonly schedule: ShownSchedule }) => {
  const now = useNow();
  return (
    <tr>
      <td class="code">{name}</td>
      <td>{clockText(at)}</td>
      <td>{countdownText(at - now)}</td>
    </tr>
  );
};

const tabsOf = ({ runs, jobs, registrations, schedules }: ConsoleState): readonly Tab[] => [
  { name: 'jobs', text: 'Jobs', count: jobs.length },
  { name: 'runs', text: 'Runs', count: runs.length },
  { name: 'registrations', text: 'Registrations', count: registrations.length },
  { name: 'schedules', text: 'Schedules', count: schedules.length },
];

const Content = ({
  name,
  tabId,
  state,
}: {
  readonly name: string;
  readonly tabId: string;
  readonly state: ConsoleState;
}) => {
  if (name === 'jobs')
    return (
      <Table columns={['Id', 'Runner or labels', 'Status', 'Conclusion']} labelledBy={tabId}>
        {state.jobs.map((job) => (
          <Job key={job.id} job={job} />
        ))}
      </Table>
    );
  if (name === 'runs') return <Runs runs={state.runs} tabId={tabId} />;
  if (name === 'registrations')
    return (
      <Table columns={['Id', 'Name', 'Status', 'Job']} labelledBy={tabId}>
        {state.registrations.map((registration) => (
          <Registration key={registration.id} registration={registration} />
        ))}
      </Table>
    );
  return (
    <Table columns={['Name', 'At', 'In']} labelledBy={tabId}>
      {state.schedules.map((schedule) => (
        <Schedule key={schedule.name} schedule={schedule} />
      ))}
    </Table>
  );
};

/** What GitHub and EventBridge Scheduler hold. */
export const Records = ({ state }: { readonly state: ConsoleState }) => {
  const [name, setName] = useState('jobs');
  return (
    <section class="panel records" aria-label="Records">
      <Tabs tabs={tabsOf(state)} chosen={name} onChoose={setName}>
        {(tabId) => <Content name={name} tabId={tabId} state={state} />}
      </Tabs>
    </section>
  );
};
