import { useId, useState } from 'preact/hooks';
import type { ConsoleState } from '../console-state.ts';
import { call } from './call.ts';
import { newJob, takesJob } from './jobs.ts';
import { OutcomeText, type Said } from './outcome-text.tsx';

/** Queues a job at GitHub for one of the runners that have none. */
export const JobForm = ({ state: { lives, jobs, settings } }: { readonly state: ConsoleState }) => {
  const id = useId();
  const [wanted, setWanted] = useState<string>();
  const [minutes, setMinutes] = useState(10);
  const [said, setSaid] = useState<Said>();
  const open = lives.filter((life) => takesJob(life, jobs));
  const life = open.find(({ name }) => name === wanted) ?? open[0];

  const queue = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (life === undefined) return;
    const outcome = await call('POST', '/_local/jobs', newJob(life, settings, minutes));
    setSaid({ outcome, done: `A job of ${minutes} min is queued for ${life.architecture}.` });
  };

  return (
    <form class="control" aria-labelledby={`${id}-title`} onSubmit={queue}>
      <div class="panel-head">
        <h2 id={`${id}-title`}>Queue a job</h2>
        <OutcomeText said={said} />
      </div>
      <div class="fields">
        <label class="field wide">
          Runner
          <select
            class="code"
            value={life?.name ?? ''}
            disabled={life === undefined}
            onChange={({ currentTarget }) => setWanted(currentTarget.value)}
          >
            {open.length === 0 && <option value="">none is free for a job</option>}
            {open.map(({ name, label, architecture, status }) => (
              <option key={name} value={name}>
                {`${architecture}, ${status}: ${label}`}
              </option>
            ))}
          </select>
        </label>
        <label class="field number">
          Minutes
          <input
            type="number"
            min="1"
            max="120"
            required
            value={minutes}
            onInput={({ currentTarget }) => setMinutes(currentTarget.valueAsNumber || 1)}
          />
        </label>
        <button type="submit" disabled={life === undefined}>
          Queue
        </button>
      </div>
    </form>
  );
};
