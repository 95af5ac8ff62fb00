import { useId, useState } from 'preact/hooks';
import { type Architecture, architectures } from '../../../functions/domain/architecture.ts';
import type { ConsoleSettings, ShownRun } from '../console-state.ts';
import { call } from './call.ts';
import { OutcomeText, type Said } from './outcome-text.tsx';
import { useLabel } from './use-label.ts';

const toggled = (chosen: readonly Architecture[], architecture: Architecture): readonly Architecture[] =>
  architectures.filter((name) => chosen.includes(name) !== (name === architecture));

const Architectures = ({
  chosen,
  onChange,
}: {
  readonly chosen: readonly Architecture[];
  readonly onChange: (chosen: readonly Architecture[]) => void;
}) => (
  <fieldset class="choices">
    <legend>Architectures</legend>
    {architectures.map((name) => (
      <label key={name}>
        <input
          type="checkbox"
          checked={chosen.includes(name)}
          onChange={() => onChange(toggled(chosen, name))}
        />
        {name}
      </label>
    ))}
  </fieldset>
);

const isActive = ({ status }: ShownRun): boolean => status !== 'completed';

interface RequestFormProps {
  readonly settings: ConsoleSettings;
  readonly runs: readonly ShownRun[];
}

/** Asks for runners as a workflow does: by the HTTP API, for a run and with a label of that run. */
export const RequestForm = ({ settings: { labelPrefix, maximumLabelLength }, runs }: RequestFormProps) => {
  const id = useId();
  const [runId, setRunId] = useState<number>();
  const run = runs.find((one) => one.id === runId) ?? runs.findLast(isActive) ?? runs.at(-1);
  const [chosen, setChosen] = useState<readonly Architecture[]>(architectures);
  const [said, setSaid] = useState<Said>();
  const [label, setLabel, renewLabel] = useLabel(labelPrefix, run);

  const request = async (event: Event): Promise<void> => {
    event.preventDefault();
    const of = run === undefined ? {} : { repository: run.repository, run_id: run.id };
    const body = { operation: 'create', label, architectures: chosen, ...of };
    const outcome = await call('POST', '/runners', body);
    setSaid({ outcome, done: `${label} is requested.` });
    if (outcome.ok) renewLabel();
  };

  return (
    <form class="control" aria-labelledby={`${id}-title`} onSubmit={request}>
      <div class="panel-head">
        <h2 id={`${id}-title`}>Request runners</h2>
        <OutcomeText said={said} />
      </div>
      <div class="fields">
        <label class="field narrow">
          Run
          <select value={run?.id} onChange={({ currentTarget }) => setRunId(Number(currentTarget.value))}>
            {runs.map((one) => (
              <option key={one.id} value={one.id}>
                {`${one.id}, ${one.status.replace('_', ' ')}`}
              </option>
            ))}
          </select>
        </label>
        <label class="field wide">
          Label
          <input
            class="code"
            required
            spellcheck={false}
            autocomplete="off"
            maxLength={maximumLabelLength}
            value={label}
            onInput={({ currentTarget }) => setLabel(currentTarget.value)}
          />
        </label>
        <Architectures chosen={chosen} onChange={setChosen} />
        <button type="submit" class="primary" disabled={chosen.length === 0}>
          Request
        </button>
      </div>
    </form>
  );
};
