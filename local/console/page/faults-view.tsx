import { useState } from 'preact/hooks';
import type { ShownFault } from '../console-state.ts';
import { useConsole } from './console-context.ts';
import { clearPath, faultText, type InjectedFault, readyFaults } from './faults.ts';

const allFaults = '/_local/faults';

const Choices = () => {
  const { state, perform } = useConsole();
  const injected = new Set(state.faults.map(faultText));
  return (
    <ul class="ready-faults" aria-label="Faults to inject">
      {readyFaults.map(({ title, fault }) => {
        const isInjected = injected.has(faultText(fault));
        const change = () =>
          isInjected
            ? perform('DELETE', clearPath(fault), undefined, `Cleared: ${title}.`)
            : perform('POST', allFaults, fault, `Injected: ${title}.`);
        return (
          <li key={title}>
            <button type="button" class="chip" aria-pressed={isInjected} onClick={change}>
              {title}
            </button>
          </li>
        );
      })}
    </ul>
  );
};

const Active = ({ faults }: { readonly faults: readonly ShownFault[] }) => {
  const { perform } = useConsole();
  if (faults.length === 0) return <p class="faint">No fault is injected.</p>;
  return (
    <ul aria-label="Injected faults">
      {[...new Map(faults.map((fault) => [faultText(fault), fault]))].map(([text, fault]) => (
        <li key={text} class="row">
          <span class="bad">{text}</span>
          <button
            type="button"
            class="quiet"
            onClick={() => perform('DELETE', clearPath(fault), undefined, `Cleared: ${text}.`)}
          >
            Clear <span class="unseen">{text}</span>
          </button>
        </li>
      ))}
    </ul>
  );
};

const injected = (form: HTMLFormElement): InjectedFault => {
  const text = (name: string): string => String(new FormData(form).get(name));
  const fault = { service: text('service'), operation: text('operation') || '*', error: text('error') };
  return { ...fault, [text('unit')]: Number(text('amount')) };
};

/** Any fault that the control call takes. */
const OtherFault = () => {
  const { state, perform } = useConsole();
  const inject = (event: SubmitEvent): void => {
    event.preventDefault();
    const fault = injected(event.currentTarget as HTMLFormElement);
    void perform('POST', allFaults, fault, `Injected: ${faultText(fault)}.`);
  };
  const [unit, setUnit] = useState('times');
  return (
    <form class="row" aria-label="Another fault" onSubmit={inject}>
      <label class="field">
        Service
        <select name="service">
          {state.settings.faultServices.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <label class="field">
        Operation
        <input name="operation" class="code" placeholder="any" />
      </label>
      <label class="field">
        Error code or HTTP status
        <input name="error" class="code" required />
      </label>
      <label class="field number">
        For
        <input name="amount" type="number" min="1" required defaultValue="1" />
      </label>
      <select
        name="unit"
        aria-label="Unit"
        value={unit}
        onChange={(event) => setUnit(event.currentTarget.value)}
      >
        <option value="times">calls</option>
        <option value="seconds">simulated seconds</option>
      </select>
      <button type="submit">Inject</button>
    </form>
  );
};

/** What is made to fail in the simulated cloud. */
export const Faults = () => (
  <div class="sections">
    <h3>Press to inject, press again to clear</h3>
    <Choices />
    <h3>Another fault</h3>
    <OtherFault />
    <h3>Injected now</h3>
    <Active faults={useConsole().state.faults} />
  </div>
);
