import type { ConsoleState } from '../console-state.ts';
import { changedAddress, hashOf } from './address.ts';
import { Badge } from './badge.tsx';
import { simulatedSpeed, useNow } from './clock.ts';
import { useConsole } from './console-context.ts';
import { clockText, dateText } from './time-text.ts';

const Clock = () => {
  const now = useNow();
  return (
    <div class="clock row">
      <time class="clock-time" dateTime={new Date(now).toISOString()}>
        {clockText(now)}
      </time>
      <span class="faint small">
        {dateText(now)} UTC, simulated, <strong>{simulatedSpeed()} ×</strong> real time
      </span>
    </div>
  );
};

const counts = ({ lives, jobs }: ConsoleState): readonly (readonly [string, number])[] => {
  const live = lives
    .flatMap(({ instances }) => instances)
    .filter(({ state }) => state === 'pending' || state === 'running');
  return [
    ['spot', live.filter(({ market }) => market === 'spot').length],
    ['on-demand', live.filter(({ market }) => market === 'on-demand').length],
    ['ready', lives.filter(({ status }) => status === 'ready').length],
    ['busy', jobs.filter(({ status }) => status === 'in_progress').length],
  ];
};

/** What is out of the ordinary, and leads to where it can be put right. */
const Warnings = () => {
  const { state, address } = useConsole();
  const alarms = state.alarms.filter((alarm) => alarm.state === 'ALARM').length;
  const warnings: readonly (readonly [string, string])[] = [
    ...(state.faults.length > 0 ? [[`Faults: ${state.faults.length}`, 'faults'] as const] : []),
    ...(state.admission === 'open' ? [] : [['Admission closed', 'account'] as const]),
    ...(alarms > 0 ? [[`Alarms: ${alarms}`, 'account'] as const] : []),
  ];
  return (
    <>
      {warnings.map(([text, view]) => (
        <a key={text} class="bad" href={hashOf(changedAddress(address, { view }))}>
          {text}
        </a>
      ))}
    </>
  );
};

export const Masthead = ({ isConnected }: { readonly isConnected: boolean }) => (
  <header class="row masthead">
    <h1>
      <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
        <circle cx="16" cy="16" r="12" />
        <path d="M16 4a12 12 0 1 1-12 12" />
      </svg>
      Stint <span class="faint">on this machine</span>
    </h1>
    <dl class="row counts">
      {counts(useConsole().state).map(([what, count]) => (
        <div key={what}>
          <dt class="faint">{what}</dt> <dd>{count}</dd>
        </div>
      ))}
    </dl>
    <Warnings />
    <Clock />
    <p role="status">
      <Badge of={isConnected ? 'online' : 'FAILED'}>{isConnected ? 'Live' : 'Reconnecting …'}</Badge>
    </p>
  </header>
);
