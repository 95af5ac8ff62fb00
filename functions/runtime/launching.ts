import { ec2Fleet } from '../adapters/aws/ec2-instances.ts';
import { ec2Launcher } from '../adapters/aws/ec2-launcher.ts';
import { provisionLister } from '../adapters/aws/execution-lister.ts';
import { provisionReader } from '../adapters/aws/provision-executions.ts';
import { scheduleReader } from '../adapters/aws/schedules.ts';
import { kmsUnsealer } from '../adapters/aws/sealer.ts';
import { attemptLaunch, type LaunchInput, type LaunchResult } from '../domain/launch/launch.ts';
import type { Market } from '../domain/ports.ts';
import { measureOf } from './metrics.ts';
import type { Runtime } from './runtime.ts';

/** Binds a launch attempt in one market: the two request states differ in nothing else. */
export const launchIn =
  (market: Market) =>
  (runtime: Runtime): ((input: LaunchInput) => Promise<LaunchResult>) => {
    const { aws, clock, settings } = runtime;
    const { securityGroupId, publicAddresses, volumeGib, provisionStateMachineArn, scheduleGroup, ...own } =
      settings(
        'deployment',
        'bootScript',
        'lifetimeMinutes',
        'liveRunnerCap',
        'securityGroupId',
        'publicAddresses',
        'volumeGib',
        'provisionStateMachineArn',
        'scheduleGroup',
      );
    const ports = {
      launcher: ec2Launcher(aws, { securityGroupId, publicAddresses, volumeGib }),
      unsealer: kmsUnsealer(aws),
      provisions: provisionReader(aws, provisionStateMachineArn),
      schedules: scheduleReader(aws, scheduleGroup),
      fleet: ec2Fleet(aws, own.deployment),
      executions: provisionLister(aws, provisionStateMachineArn),
      clock,
      measure: measureOf(runtime),
    };
    return attemptLaunch(ports, own, market);
  };
