import type { ConsoleState } from '../console-state.ts';
import { CapacityControl } from './capacity-control.tsx';
import { JobForm } from './job-form.tsx';
import { RequestForm } from './request-form.tsx';

export const Controls = ({ state }: { readonly state: ConsoleState }) => (
  <section class="controls" aria-label="Controls">
    <RequestForm settings={state.settings} runs={state.runs} />
    <JobForm state={state} />
    <CapacityControl faults={state.faults} />
  </section>
);
