import type * as errors from './errors.ts';

type ErrorName = InstanceType<(typeof errors)[keyof typeof errors]>['name'];

/** What to do about an error of ours that has ended a provision. */
export interface ErrorAdvice {
  /** For whoever runs the workflow. */
  readonly whatToDo: string;
  /** The error's message says itself what to do, for whoever deploys: a reason that quotes it adds nothing. */
  readonly isInMessage?: true;
}

/** For whoever can do nothing else. */
export const again = 'Run the workflow again.';
const operator = 'The operator of the deployment must look.';

/** Every error but `LifeRemains`, which is a destroy's. */
const advice: Readonly<Record<Exclude<ErrorName, 'LifeRemains'>, ErrorAdvice>> = {
  AwsUnavailable: { whatToDo: `That has lasted for some minutes. ${again}` },
  GitHubUnavailable: { whatToDo: `That has lasted for some minutes. ${again}` },
  AwsRefused: { whatToDo: `AWS refuses what the deployment asks for. ${operator}` },
  GitHubRefused: { whatToDo: `GitHub refuses what the deployment asks for. ${operator}` },
  CredentialUnusable: { whatToDo: operator },
  ImageNotFound: { whatToDo: operator },
  InputInvalid: { whatToDo: operator },
  LaunchForbidden: { whatToDo: again },
  RunnerNeverOnline: {
    whatToDo: `${again} If this repeats, the boot of the machine is at fault. ${operator}`,
  },
  CapReached: {
    whatToDo: `${again} Others must have ended before; the operator of the deployment can raise the cap.`,
    isInMessage: true,
  },
  CapacityUnavailable: {
    whatToDo: `${again} EC2 may have capacity in a while. If this happens often, the operator of the deployment allows more instance types or zones.`,
    isInMessage: true,
  },
  InstanceTypeUnsupported: {
    whatToDo: `EC2 has none of the allowed instance types, and another run does not help. ${operator}`,
    isInMessage: true,
  },
  QuotaExceeded: {
    whatToDo: `${again} Other runners must have ended before; the operator of the deployment can ask AWS for more vCPUs.`,
    isInMessage: true,
  },
  InstanceLost: {
    whatToDo: `${again} If this happens often, the operator of the deployment allows instance types or zones that EC2 interrupts less.`,
    isInMessage: true,
  },
};

/** The advice for an error by its name, `undefined` when it is not one of ours that can end a provision. */
export const errorAdvice = (name: string): ErrorAdvice | undefined =>
  Object.hasOwn(advice, name) ? advice[name as keyof typeof advice] : undefined;

/** What to do about an error that is not ours. */
export const unknownErrorAdvice = (execution: string): string =>
  `${again} If this repeats, the operator of the deployment finds the whole story in the execution ${execution}.`;
