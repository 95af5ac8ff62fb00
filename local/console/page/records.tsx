import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { ConsoleState, ShownJob, ShownRegistration, ShownSchedule } from '../console-state.ts';
import { useNow } from './clock.ts';
import { type Tab, Tabs } from './tabs.tsx';
import { clockText, countdownText } from './time-text.ts';

interface TableProps {
  readonly columns: readonly string[];
  readonly labelledBy: string;
  readonly children: ComponentChildren[];
}

const Table = ({ columns, labelledBy, children }: TableProps) => (
  <table aria-labelledby={labelledBy}>
    <thead>
      <tr>
        {columns.map((column) => (
          <th key={column} scope="col">
            {column}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {children}
      {children.length === 0 && (
        <tr>
          <td class="none" colSpan={columns.length}>
            none
          </td>
        </tr>
      )}
    </tbody>
  </table>
);

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

const tabsOf = ({ jobs, registrations, schedules }: ConsoleState): readonly Tab[] => [
  { name: 'jobs', text: 'Jobs', count: jobs.length },
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
