import type { ConsoleState } from '../console-state.ts';
import { simulatedSpeed, useNow } from './clock.ts';
import { clockText, dateText } from './time-text.ts';

const Clock = () => {
  const now = useNow();
  const speed = simulatedSpeed();
  return (
    <div class="clock">
      <time class="clock-time" dateTime={new Date(now).toISOString()}>
        {clockText(now)}
      </time>
      <span class="clock-note">
        {dateText(now)} UTC, simulated
        <br />
        <strong class="speed">{speed} ×</strong> as fast as real time
      </span>
    </div>
  );
};

const Connection = ({ isConnected }: { readonly isConnected: boolean }) => (
  <p class="connection" role="status" data-connected={isConnected}>
    {isConnected ? 'Live' : 'Connecting again …'}
  </p>
);

const counts = ({ lives, jobs }: ConsoleState): readonly (readonly [string, number])[] => {
  const live = lives
    .flatMap(({ instances }) => instances)
    .filter(({ state }) => state === 'pending' || state === 'running');
  return [
    ['spot', live.filter(({ market }) => market === 'spot').length],
    ['on-demand', live.filter(({ market }) => market === 'on-demand').length],
    ['ready', lives.filter(({ status }) => status === 'ready').length],
    ['at work', jobs.filter(({ status }) => status === 'in_progress').length],
  ];
};

export const Masthead = ({
  state,
  isConnected,
}: {
  readonly state: ConsoleState;
  readonly isConnected: boolean;
}) => (
  <header class="masthead">
    <h1>
      <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
        <circle cx="16" cy="16" r="12" />
        <path d="M16 4a12 12 0 1 1-12 12" />
      </svg>
      Stint <span class="subtitle">on this machine</span>
    </h1>
    <dl class="counts">
      {counts(state).map(([what, count]) => (
        <div key={what} data-none={count === 0}>
          <dd>{count}</dd>
          <dt>{what}</dt>
        </div>
      ))}
    </dl>
    <Clock />
    <Connection isConnected={isConnected} />
  </header>
);
