import type { FakeInstance } from '../../local/aws/ec2/state.ts';
import type { FakeExecution } from '../../local/aws/step-functions/state.ts';
import type { FakeJob } from '../../local/github/runners.ts';

/** A fault that struck. Times are Unix milliseconds of the world. */
export interface Strike {
  readonly at: number;
  readonly kind: string;
  readonly what: string;
}

/** What the HTTP API said of a life when all was over. */
export interface ShownRunner {
  readonly name: string;
  readonly status: string;
  readonly reason?: string;
}

/** Something of ours that was still there when nothing should be. */
export interface Leftover {
  readonly kind: 'registration' | 'schedule' | 'execution';
  readonly life: string;
  readonly name: string;
}

/** All that the checker looks at: the fakes' own truth and the HTTP API's answers, and nothing of the code's. */
export interface Evidence {
  /** Every instance that there ever was, strangers' too. */
  readonly instances: readonly FakeInstance[];
  readonly jobs: readonly FakeJob[];
  readonly executions: readonly FakeExecution[];
  /** The names of the runners that ever came online. */
  readonly onlineRunners: ReadonlySet<string>;
  readonly leftovers: readonly Leftover[];
  readonly shown: readonly ShownRunner[];
  readonly strikes: readonly Strike[];
  /** When EC2's API worked again after a fault, the last time. */
  readonly ec2OutageEndedAt?: number;
  /** The ids of instances that an operator terminated. */
  readonly terminatedByOperator: ReadonlySet<string>;
  /** What strangers had at the beginning and have not any more. */
  readonly missingBystanders: readonly string[];
  /** Secrets that were seen where none may be. */
  readonly leaks: readonly string[];
  /** What the template's policies refused. */
  readonly denials: readonly string[];
  /** When the world was looked at for the last time. */
  readonly endedAt: number;
}
