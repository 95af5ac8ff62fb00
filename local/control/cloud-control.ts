import { interruptSpotInstance } from '../aws/ec2/interruption.ts';
import type { FaultPlan } from '../wire/faults.ts';
import { type ChangeableAccount, changeAccount } from './account-change.ts';
import { jobSnapshot, type Shown, snapshotOf } from './cloud-snapshot.ts';
import type { ControlledCloud } from './controlled-cloud.ts';
import { executionDetail } from './execution-detail.ts';

/** What the control calls of one simulated cloud do. */
export const cloudControl = (
  faultServices: readonly string[],
  faults: FaultPlan,
  shown: Shown,
  changeable: ChangeableAccount,
): ControlledCloud => ({
  faultServices,
  snapshot: () => snapshotOf(shown),
  putRun: ({ runId, ...run }) => shown.github.putRun({ ...run, id: runId }),
  queueJob: (job) => jobSnapshot(shown.github.queueJob(job)),
  faults: () => faults.active,
  addFault: (fault) => faults.add(fault),
  clearFaults: (like) => faults.clear(like),
  changeAccount: (change) => changeAccount(changeable, change),
  interrupt: (instanceId) => interruptSpotInstance(shown.fleet, instanceId),
  execution: (stateMachine, name) => {
    const found = shown.executions.named(stateMachine, name);
    return found === undefined ? undefined : executionDetail(found);
  },
});
