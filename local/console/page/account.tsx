import type { ShownAlarm } from '../console-state.ts';
import { Badge } from './badge.tsx';
import { useConsole } from './console-context.ts';
import { TitledTable } from './table.tsx';
import { windowText } from './time-text.ts';

const closedHere = 'closed: somebody closed it in the local console';

/** The switch by which an operator closes admission without a deployment. */
const Admission = () => {
  const { state, perform } = useConsole();
  const { admissionParameter } = state.settings;
  const isOpen = state.admission === 'open';
  const turn = () =>
    perform(
      'POST',
      '/_local/account',
      { parameters: { [admissionParameter]: isOpen ? closedHere : 'open' } },
      `Admission is ${isOpen ? 'closed' : 'open'}; functions read the switch again within 10 seconds.`,
    );
  return (
    <p class="row">
      <Badge of={isOpen ? 'OK' : 'ALARM'}>{isOpen ? 'open' : state.admission}</Badge>
      <button type="button" aria-label={`${isOpen ? 'Close' : 'Open'} admission`} onClick={turn}>
        {isOpen ? 'Close' : 'Open'}
      </button>
    </p>
  );
};

/** What the runners of a day have cost of what they may. */
const Budget = ({ alarm: { value, threshold, periodSeconds } }: { readonly alarm: ShownAlarm }) => (
  <p class="row">
    <meter aria-label="Runner-hours used" min={0} max={threshold} high={threshold * 0.8} value={value} />
    {value.toFixed(1)} of {threshold} runner-hours in the last {windowText(periodSeconds)}
  </p>
);

const Alarms = ({ alarms }: { readonly alarms: readonly ShownAlarm[] }) => (
  <TitledTable
    name="alarms"
    title="Alarms"
    columns={['Alarm', 'State', 'Metric', 'Value', 'Threshold', 'Within']}
    items={alarms}
    keyOf={({ name }) => name}
    cells={({ name, state, metric, value, threshold, periodSeconds }) => [
      <span class="code">{name}</span>,
      <Badge of={state} />,
      metric,
      Number(value.toFixed(2)),
      threshold,
      windowText(periodSeconds),
    ]}
  />
);

/** How many calls of each operation are left, of those that the simulated cloud rations and that were used. */
const Rations = () => {
  const { rations } = useConsole().state;
  if (rations.length === 0) return null;
  return (
    <>
      <h3>Rations in use</h3>
      <TitledTable
        name="rations"
        title="Rations"
        columns={['Service', 'Operation', 'Left', 'Bucket', 'Refused']}
        items={rations}
        keyOf={({ service, operation }) => `${service} ${operation}`}
        cells={({ service, operation, tokens, size, refused }) => [
          service,
          operation,
          <meter
            aria-label={`${service} ${operation} left`}
            min={0}
            max={size}
            low={size * 0.2}
            optimum={size}
            value={Math.max(0, tokens)}
          />,
          `${tokens} of ${size}`,
          refused === 0 ? 0 : <span class="bad">{refused}</span>,
        ]}
      />
    </>
  );
};

/** What an operator watches and switches. */
export const Account = () => {
  const { alarms } = useConsole().state;
  const budget = alarms.find(({ metric }) => metric === 'RunnerHours');
  return (
    <div class="sections">
      <h3>Admission</h3>
      <Admission />
      <h3>Budget</h3>
      {budget === undefined ? <p class="faint">This deployment has no budget.</p> : <Budget alarm={budget} />}
      <h3>Alarms</h3>
      <Alarms alarms={alarms} />
      <Rations />
    </div>
  );
};
