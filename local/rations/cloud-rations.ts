import type { FunctionInvoker } from '../aws/lambda/function-invoker.ts';
import { LimitedInvoker, type LimitedInvokerOptions } from '../aws/lambda/limited-invoker.ts';
import { RateLimits } from '../github/rate-limit.ts';
import { SecondaryLimits } from '../github/secondary-limits.ts';
import type { CloudCall } from '../wire/wire.ts';
import { AccountRations } from './account-rations.ts';
import { awsRations, stateTransitions } from './aws-rations.ts';
import type { RationUse } from './ration-use.ts';
import { TokenBucket } from './token-bucket.ts';

/**
 * How time goes by where the functions run: `real`, as on AWS; `fast`, where this machine's own slowness would count
 * as Lambda's; `virtual`, where nothing takes time by itself.
 */
export type Pace = 'real' | 'fast' | 'virtual';

export interface RationOptions {
  /** `false` counts the calls, and refuses none. */
  readonly isEnforced: boolean;
  /** How many functions may run at once in the account. */
  readonly lambdaConcurrency: number;
  readonly pace: Pace;
}

/** What a new account has: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const newAccount: RationOptions = { isEnforced: true, lambdaConcurrency: 10, pace: 'real' };

/** How long an invocation takes where the pace does not say: a cold start and a few calls take longer. */
const invocationMs = 100;

const paces: Readonly<Record<Pace, Omit<LimitedInvokerOptions, 'size'>>> = {
  real: { isHeldToEnd: true, leastMs: 0, durationMs: 0 },
  fast: { isHeldToEnd: false, leastMs: invocationMs, durationMs: 0 },
  virtual: { isHeldToEnd: true, leastMs: 0, durationMs: invocationMs },
};

/** All that AWS and GitHub ration in one cloud. */
export class CloudRations {
  readonly limits: RateLimits;
  readonly secondary: SecondaryLimits | undefined;
  readonly #options: RationOptions;
  readonly #account = new AccountRations(awsRations);
  readonly #transitions = new TokenBucket(stateTransitions);
  #invoker: LimitedInvoker | undefined;

  constructor(options: RationOptions) {
    const { isEnforced, pace } = options;
    this.#options = options;
    this.limits = new RateLimits(isEnforced);
    this.secondary = isEnforced ? new SecondaryLimits(paces[pace].isHeldToEnd) : undefined;
  }

  /** Whether a call may go on, which uses its ration. */
  take(call: Pick<CloudCall, 'service' | 'operation' | 'parameters'>): boolean {
    return this.#account.take(call) || !this.#options.isEnforced;
  }

  /** The seconds that a state transition has to wait for its turn. */
  transitionSeconds(): number {
    return this.#options.isEnforced ? this.#transitions.borrow() : 0;
  }

  /** The invoker within the account's concurrency. */
  limit(invoker: FunctionInvoker): FunctionInvoker {
    const { isEnforced, lambdaConcurrency: size, pace } = this.#options;
    if (!isEnforced) return invoker;
    this.#invoker = new LimitedInvoker(invoker, { size, ...paces[pace] });
    return this.#invoker;
  }

  /** Every ration that was ever used, what is left of it, how many calls it counted, and how many it refused. */
  report(): readonly RationUse[] {
    return [
      ...this.#account.report(),
      ...(this.#invoker?.report() ?? []),
      this.limits.report(),
      ...(this.secondary?.report() ?? []),
    ];
  }
}
