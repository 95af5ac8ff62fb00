import type { ShownRun } from '../console-state.ts';
import { Badge } from './badge.tsx';
import { useNow } from './clock.ts';
import { useConsole } from './console-context.ts';
import { LifeLink } from './life-link.tsx';
import { TitledTable } from './table.tsx';
import { clockText, countdownText } from './time-text.ts';

/** The jobs that GitHub knows. */
export const Jobs = () => (
  <TitledTable
    name="jobs"
    title="Jobs"
    columns={['Job', 'Run', 'Labels or runner', 'Status']}
    items={useConsole().state.jobs}
    keyOf={({ id }) => id}
    cells={({ id, runId, life, labels, status, conclusion }) => [
      id,
      runId,
      <LifeLink life={life}>{life ?? labels.join(' ')}</LifeLink>,
      <Badge of={conclusion ?? status} />,
    ]}
  />
);

/** The run that comes after those that there are, of the same repository. */
const nextRun = (runs: readonly ShownRun[]): ShownRun | undefined => {
  const last = runs.at(-1);
  const id = Math.max(...runs.map((run) => run.id)) + 1;
  return last && { id, repository: last.repository, attempt: 1, status: 'in_progress' };
};

/** What a button makes of a run: an active one is completed, one that is over runs again as the next attempt. */
const changedRun = (run: ShownRun): ShownRun =>
  run.status === 'completed'
    ? { ...run, attempt: run.attempt + 1, status: 'in_progress' }
    : { ...run, status: 'completed' };

/** The workflow runs that GitHub knows: only an active one gets runners, and a destroy waits until its run is over. */
export const Runs = () => {
  const { state, perform } = useConsole();
  const put = ({ id, repository, attempt, status }: ShownRun) =>
    perform(
      'POST',
      '/_local/runs',
      { repository, run_id: id, run_attempt: attempt, status },
      `Run ${id} is ${status.replace('_', ' ')}.`,
    );
  const next = nextRun(state.runs);
  return (
    <TitledTable
      name="runs"
      title="Runs"
      columns={['Run', 'Repository', 'Attempt', 'Status', 'Change']}
      items={state.runs}
      keyOf={({ id }) => id}
      cells={(run) => [
        run.id,
        run.repository,
        run.attempt,
        <Badge of={run.status} />,
        <button type="button" class="quiet" onClick={() => put(changedRun(run))}>
          {run.status === 'completed' ? 'Re-run' : 'Complete'} <span class="unseen">run {run.id}</span>
        </button>,
      ]}
      beside={
        next && (
          <button type="button" onClick={() => put(next)}>
            Begin run {next.id}
          </button>
        )
      }
    />
  );
};

/** The runners that GitHub knows. */
export const Registrations = () => (
  <TitledTable
    name="registrations"
    title="Registrations"
    columns={['Id', 'Registered name', 'Status', 'GitHub shows']}
    items={useConsole().state.registrations}
    keyOf={({ id }) => id}
    cells={({ id, name, life, isOnline, isBusy }) => [
      id,
      <LifeLink life={life}>{name}</LifeLink>,
      <Badge of={isOnline ? 'online' : 'offline'} />,
      <Badge of={isBusy ? 'busy' : 'idle'} />,
    ]}
  />
);

const Countdown = ({ to }: { readonly to: number }) => <>{countdownText(to - useNow())}</>;

/** What EventBridge Scheduler holds: the end of each life. */
export const SchedulesPanel = () => (
  <TitledTable
    name="schedules"
    title="Schedules"
    columns={['Schedule', 'At', 'In']}
    items={useConsole().state.schedules}
    keyOf={({ name }) => name}
    cells={({ name, at }) => [<span class="code">{name}</span>, clockText(at), <Countdown to={at} />]}
  />
);
