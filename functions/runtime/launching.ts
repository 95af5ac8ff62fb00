import { ec2Launcher } from '../adapters/aws/ec2-launcher.ts';
import { provisionReader } from '../adapters/aws/provision-executions.ts';
import { scheduleReader } from '../adapters/aws/schedules.ts';
import { kmsUnsealer } from '../adapters/aws/sealer.ts';
import { attemptLaunch, type LaunchInput, type LaunchResult } from '../domain/launch/launch.ts';
import { rememberShortage } from '../domain/launch/shortages.ts';
import type { Refusal } from '../domain/life/provision.ts';
import type { Market } from '../domain/ports.ts';
import { launchNews, troubleNews } from '../domain/status/step-news.ts';
import type { Assemble } from './lambda.ts';
import { measureOf } from './metrics.ts';
import { deletesItems, listsItems, putsItems } from './table.ts';
import { telling } from './telling.ts';
import { unharmed } from './unharmed.ts';

/** Binds a launch attempt in one market: the two request states differ in nothing else. */
export const launchIn = (market: Market): Assemble<LaunchInput, LaunchResult> =>
  telling({ news: launchNews, trouble: troubleNews('EC2 is asked for capacity.') }, (runtime) => {
    const { aws, clock, log, settings } = runtime;
    const { securityGroupId, publicAddresses, provisionStateMachineArn, scheduleGroup, ...own } = settings(
      'deployment',
      'bootScript',
      'classes',
      'liveRunnerCap',
      'securityGroupId',
      'publicAddresses',
      'provisionStateMachineArn',
      'scheduleGroup',
    );
    const ports = {
      launcher: ec2Launcher(aws, { securityGroupId, publicAddresses }),
      unsealer: kmsUnsealer(aws),
      provisions: provisionReader(aws, provisionStateMachineArn),
      schedules: scheduleReader(aws, scheduleGroup),
      table: { ...listsItems(runtime), ...putsItems(runtime), ...deletesItems(runtime) },
      clock,
      measure: measureOf(runtime),
      remember: (refusal: Refusal) =>
        unharmed(log, 'a shortage', () => rememberShortage(putsItems(runtime), refusal, clock())),
    };
    return attemptLaunch(ports, own, market);
  });
