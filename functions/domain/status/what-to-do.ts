import type { Execution } from '../ports.ts';
import { advice, again, unknownAdvice } from './failure-reason.ts';

/** For errors whose message already advises whoever deploys; this is for whoever runs a workflow. */
const beside: Readonly<Record<string, string>> = {
  CapacityUnavailable: `${again} EC2 may have capacity in a while. If this happens often, the operator of the deployment allows more instance types or zones.`,
  CapReached: `${again} Others must have ended before; the operator of the deployment can raise the cap.`,
  QuotaExceeded: `${again} Other runners must have ended before; the operator of the deployment can ask AWS for more vCPUs.`,
  InstanceLost: `${again} If this happens often, the operator of the deployment allows instance types or zones that EC2 interrupts less.`,
};

/** What to do about each error of ours that can end a provision, by its name. */
export const errorAdvice: Readonly<Record<string, string>> = { ...advice, ...beside };

/** What whoever runs the workflow does now that its provision has not succeeded. */
export const whatToDo = (provision: Execution): string => {
  const { status, error = '' } = provision;
  if (status === 'ABORTED') return again;
  return Object.hasOwn(errorAdvice, error) ? (errorAdvice[error] ?? again) : unknownAdvice(provision);
};
