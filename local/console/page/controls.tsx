import { useMemo, useState } from 'preact/hooks';
import { architectures } from '../../../functions/domain/architecture.ts';
import type { ShownRun } from '../console-state.ts';
import { useConsole } from './console-context.ts';
import { labelsOf, newJob, runOfJob, takesJob } from './jobs.ts';
import { newLabel } from './labels.ts';

/** A text that is suggested until somebody types another in its place. */
const useSuggested = (suggested: string): readonly [string, (text: string) => void] => {
  const [typed, setTyped] = useState<{ readonly insteadOf: string; readonly text: string }>();
  return [
    typed?.insteadOf === suggested ? typed.text : suggested,
    (text) => setTyped({ insteadOf: suggested, text }),
  ];
};

/** A new label for the run, another one for another run or attempt, and whenever it was used. */
const useNewLabel = (run: ShownRun | undefined): readonly [string, () => void] => {
  const { labelPrefix } = useConsole().state.settings;
  const [count, setCount] = useState(0);
  const label = useMemo(
    () => (run === undefined ? labelPrefix : newLabel(labelPrefix, run)),
    [labelPrefix, run?.id, run?.attempt, count],
  );
  return [label, () => setCount(count + 1)];
};

/** What the inputs for labels have in common. */
const labelInput = (onInput: (text: string) => void) =>
  ({
    class: 'code',
    required: true,
    spellcheck: false,
    autocomplete: 'off',
    onInput: ({ currentTarget }: { readonly currentTarget: HTMLInputElement }) =>
      onInput(currentTarget.value),
  }) as const;

/** Asks for runners as a workflow does: by the HTTP API, for a run and with a label of that run. */
const RequestForm = ({ run }: { readonly run: ShownRun | undefined }) => {
  const { state, perform } = useConsole();
  const [suggested, renew] = useNewLabel(run);
  const [label, type] = useSuggested(suggested);
  const [chosen, setChosen] = useState<readonly string[]>(architectures);
  const toggle = (name: string): void =>
    setChosen(architectures.filter((one) => chosen.includes(one) !== (one === name)));
  const request = async (event: Event): Promise<void> => {
    event.preventDefault();
    const of = run === undefined ? {} : { repository: run.repository, run_id: run.id };
    const body = { operation: 'create', label, architectures: chosen, ...of };
    if (await perform('POST', '/runners', body, `${label} is requested.`)) renew();
  };
  return (
    <form class="row" aria-label="Request runners" onSubmit={request}>
      <label class="field">
        Label
        <input {...labelInput(type)} value={label} maxLength={state.settings.maximumLabelLength} />
      </label>
      <fieldset class="row">
        <legend class="unseen">Architectures</legend>
        {architectures.map((name) => (
          <label key={name}>
            <input type="checkbox" checked={chosen.includes(name)} onChange={() => toggle(name)} />
            {name}
          </label>
        ))}
      </fieldset>
      <button type="submit" class="primary" disabled={chosen.length === 0}>
        Request runners
      </button>
    </form>
  );
};

/** Queues a job as GitHub does: by its labels, for the chosen run, whether or not anybody has asked for a runner. */
const JobForm = ({ run }: { readonly run: ShownRun | undefined }) => {
  const { state, perform } = useConsole();
  const [fresh, renew] = useNewLabel(run);
  const open = state.lives
    .filter((life) => takesJob(life, state.jobs) && (runOfJob(life, state.settings) ?? run?.id) === run?.id)
    .map((life) => labelsOf(life).join(' '));
  const own = architectures.map((name) => `${fresh} arch_${name}`);
  const [text, type] = useSuggested(open[0] ?? own[0] ?? '');
  const [minutes, setMinutes] = useState(10);
  const queue = async (event: Event): Promise<void> => {
    event.preventDefault();
    const job = newJob(text.split(/[\s,]+/).filter(Boolean), minutes, run?.id);
    const done = `A job of ${minutes} min is queued with ${job.labels.join(', ')}.`;
    if (await perform('POST', '/_local/jobs', job, done)) renew();
  };
  return (
    <form class="row" aria-label="Queue a job" onSubmit={queue}>
      <label class="field">
        Job labels (runs-on)
        <input {...labelInput(type)} value={text} list="job-labels" />
      </label>
      <datalist id="job-labels">
        {[...open, ...own].map((labels) => (
          <option key={labels} value={labels} />
        ))}
      </datalist>
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
      <button type="submit">Queue job</button>
    </form>
  );
};

const runText = ({ id, attempt, status }: ShownRun): string =>
  `${id}${attempt > 1 ? ` attempt ${attempt}` : ''}, ${status.replace('_', ' ')}`;

/** What a workflow run does: it asks for runners, and queues jobs. */
export const Controls = () => {
  const { runs } = useConsole().state;
  const [runId, setRunId] = useState<number>();
  const newest = runs.findLast(({ status }) => status !== 'completed') ?? runs.at(-1);
  const run = runs.find(({ id }) => id === runId) ?? newest;
  return (
    <section class="row controls" aria-label="Controls">
      <label class="field run">
        Workflow run
        <select value={run?.id} onChange={({ currentTarget }) => setRunId(Number(currentTarget.value))}>
          {runs.map((one) => (
            <option key={one.id} value={one.id}>
              {runText(one)}
            </option>
          ))}
        </select>
      </label>
      <RequestForm run={run} />
      <JobForm run={run} />
    </section>
  );
};
