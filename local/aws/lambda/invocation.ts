import { AsyncLocalStorage } from 'node:async_hooks';
import type { WireRequest, WireResponse } from '../../wire/wire.ts';

/** An invocation of a function that runs in this process. */
export interface Invocation {
  /** The function's name. */
  readonly name: string;
  readonly payload: unknown;
  /** Lambda has ended it: whatever it still does reaches nobody. */
  isEnded: boolean;
}

const running = new AsyncLocalStorage<Invocation>();

/** The invocation in which this is called, `undefined` outside of any. */
export const runningInvocation = (): Invocation | undefined => running.getStore();

/** Runs the work as the invocation's. */
export const runAs = <T>(invocation: Invocation, work: () => Promise<T>): Promise<T> =>
  running.run(invocation, work);

const never = new Promise<never>(() => undefined);

/**
 * Sends what a running invocation asks for. Lambda freezes and ends a process whose time is over: no request leaves it any more,
 * and no answer reaches it.
 */
export const whileRunning =
  (send: (request: WireRequest) => Promise<WireResponse>) =>
  async (request: WireRequest): Promise<WireResponse> => {
    const invocation = running.getStore();
    const isEnded = (): boolean => invocation?.isEnded === true;
    if (isEnded()) return never;
    const response = await send(request);
    return isEnded() ? never : response;
  };
