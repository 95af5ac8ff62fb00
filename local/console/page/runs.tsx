import { useState } from 'preact/hooks';
import type { ShownRun } from '../console-state.ts';
import { call } from './call.ts';
import { OutcomeText, type Said } from './outcome-text.tsx';
import { Table } from './table.tsx';

const put = ({ id, repository, attempt, status }: ShownRun) =>
  call('POST', '/_local/runs', { repository, run_id: id, run_attempt: attempt, status });

/** The run that comes after those that there are, of the same repository. */
const nextRun = (runs: readonly ShownRun[]): ShownRun | undefined => {
  const last = runs.at(-1);
  const id = Math.max(...runs.map((run) => run.id)) + 1;
  return last && { id, repository: last.repository, attempt: 1, status: 'in_progress' };
};

/** What a button makes of a run: an active one is completed, one that is over runs again as the next attempt. */
const changed = (run: ShownRun): ShownRun =>
  run.status === 'completed'
    ? { ...run, attempt: run.attempt + 1, status: 'in_progress' }
    : { ...run, status: 'completed' };

const Run = ({ run, onPut }: { readonly run: ShownRun; readonly onPut: (run: ShownRun) => void }) => (
  <tr>
    <td>{run.id}</td>
    <td class="code">{run.repository}</td>
    <td>{run.attempt}</td>
    <td>{run.status.replace('_', ' ')}</td>
    <td>
      <button type="button" class="quiet" onClick={() => onPut(changed(run))}>
        {run.status === 'completed' ? 'Re-run' : 'Complete'} <span class="unseen">run {run.id}</span>
      </button>
    </td>
  </tr>
);

/** The workflow runs that GitHub knows: only an active one gets runners, and a destroy waits until its run is over. */
export const Runs = ({ runs, tabId }: { readonly runs: readonly ShownRun[]; readonly tabId: string }) => {
  const [said, setSaid] = useState<Said>();
  const next = nextRun(runs);
  const change = async (run: ShownRun): Promise<void> => {
    const outcome = await put(run);
    setSaid({ outcome, done: `Run ${run.id} is ${run.status.replace('_', ' ')}.` });
  };
  return (
    <>
      <Table columns={['Id', 'Repository', 'Attempt', 'Status', 'Change']} labelledBy={tabId}>
        {runs.map((run) => (
          <Run key={run.id} run={run} onPut={change} />
        ))}
      </Table>
      <div class="table-foot">
        {next !== undefined && (
          <button type="button" class="quiet" onClick={() => change(next)}>
            Begin run {next.id}
          </button>
        )}
        <OutcomeText said={said} />
      </div>
    </>
  );
};
