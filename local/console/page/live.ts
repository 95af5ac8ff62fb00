import type { ConsoleEvent, ConsoleState } from '../console-state.ts';
import { setClock } from './clock.ts';

export interface Watcher {
  readonly onState: (state: ConsoleState) => void;
  readonly onConnection: (isConnected: boolean) => void;
}

/** A browser does not come back by itself after an answer that is no event stream. */
const retryMs = 2_000;

const isWhole = (state: Partial<ConsoleState>): state is ConsoleState =>
  state.settings !== undefined && state.lives !== undefined;

/** Follows the server's events for as long as the page is there: what came before, overlaid by what changes. */
export const watch = ({ onState, onConnection }: Watcher): void => {
  let state: Partial<ConsoleState> = {};
  const source = new EventSource('/_local/events');
  source.addEventListener('state', ({ data }: MessageEvent<string>) => {
    const { now, speed, ...changed } = JSON.parse(data) as ConsoleEvent;
    setClock(now, speed);
    state = { ...state, ...changed };
    onConnection(true);
    if (isWhole(state) && Object.keys(changed).length > 0) onState(state);
  });
  source.addEventListener('error', () => {
    onConnection(false);
    if (source.readyState === EventSource.CLOSED) setTimeout(() => watch({ onState, onConnection }), retryMs);
  });
};
