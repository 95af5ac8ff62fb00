import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ConsoleState } from '../console-state.ts';
import type { Address } from './address.ts';
import type { Perform } from './perform.ts';
import type { Chosen } from './selection.ts';

/** What every part of the page can see and do. */
export interface ConsoleContext {
  readonly state: ConsoleState;
  readonly address: Address;
  readonly go: (change: Address) => void;
  readonly chosen: Chosen | undefined;
  readonly perform: Perform;
}

export const Shared = createContext<ConsoleContext | undefined>(undefined);

export const useConsole = (): ConsoleContext => {
  const shared = useContext(Shared);
  if (shared === undefined) throw new Error('This component is outside the console.');
  return shared;
};
