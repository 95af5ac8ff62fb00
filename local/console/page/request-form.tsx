import { useId, useState } from 'preact/hooks';
import { type Architecture, architectures } from '../../../functions/domain/architecture.ts';
import type { ConsoleSettings } from '../console-state.ts';
import { call } from './call.ts';
import { newLabel } from './labels.ts';
import { OutcomeText, type Said } from './outcome-text.tsx';

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

/** Asks for runners as a workflow does: by the HTTP API. */
export const RequestForm = ({ settings }: { readonly settings: ConsoleSettings }) => {
  const id = useId();
  const [runId, setRunId] = useState(settings.runId);
  const [label, setLabel] = useState(() => newLabel(settings, settings.runId));
  const [chosen, setChosen] = useState<readonly Architecture[]>(architectures);
  const [said, setSaid] = useState<Said>();

  const changeRun = (value: number): void => {
    setRunId(value);
    setLabel(newLabel(settings, value));
  };

  const request = async (event: Event): Promise<void> => {
    event.preventDefault();
    const { repository } = settings;
    const body = { operation: 'create', label, architectures: chosen, repository, run_id: runId };
    const outcome = await call('POST', '/runners', body);
    setSaid({ outcome, done: `${label} is requested.` });
    if (outcome.ok) setLabel(newLabel(settings, runId));
  };

  return (
    <form class="control" aria-labelledby={`${id}-title`} onSubmit={request}>
      <div class="panel-head">
        <h2 id={`${id}-title`}>Request runners</h2>
        <OutcomeText said={said} />
      </div>
      <div class="fields">
        <label class="field narrow">
          Run of {settings.repository}
          <input
            type="number"
            min="1"
            required
            value={runId}
            onInput={({ currentTarget }) => changeRun(currentTarget.valueAsNumber || 1)}
          />
        </label>
        <label class="field wide">
          Label
          <input
            class="code"
            required
            spellcheck={false}
            autocomplete="off"
            maxLength={settings.maximumLabelLength}
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
