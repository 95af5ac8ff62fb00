import type { CloudBase } from '../../cloud-base.ts';
import type { RunnerHub } from '../../github/runner-hub.ts';
import type { AwsAccount } from '../account.ts';
import { Machines } from './machine.ts';
import { ec2Service } from './protocol.ts';
import { Fleet } from './state.ts';

/** EC2 and the machines that it runs, whose runners connect to the hub. */
export const registerEc2 = (cloud: CloudBase, hub: RunnerHub, account: AwsAccount): Fleet => {
  const { stack, faults, instanceStates, layers, misfortunes, options } = cloud;
  const fleet = new Fleet({ ...options.fleet, onState: (instance) => instanceStates.tell(instance) });
  const machines = new Machines({
    fleet,
    hub,
    faults,
    bootSeconds: options.bootSeconds ?? (() => 20),
    isShutdownOn: layers.isShutdownOn,
    clockAheadSeconds: misfortunes.machineAheadSeconds,
  });
  instanceStates.add((instance) => machines.onState(instance));
  cloud.serve(ec2Service(fleet, stack, account));
  return fleet;
};
